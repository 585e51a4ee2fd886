import type { Bundle } from "../../domain/requests/bundle.ts";
import { HiveError, wrongCall } from "../../errors.ts";
import type { Command, Context, Options } from "../command.ts";
import { optionText } from "../submit.ts";
import { readStdin } from "./stdin.ts";

/** The options for the lists of a bundle. A given list replaces the drafted list. */
export const LISTS: NonNullable<Command["lists"]> = [
  ["--done <text>", "work that is done; repeat it for more, like the options below"],
  ["--doing <text>", "work in progress"],
  ["--tried <text>", "an attempt that failed"],
  ["--decided <text>", "a decision"],
  ["--file <path>", "an important file, relative to the current directory"],
];

const NAMES = {
  done: "done",
  doing: "in_progress",
  tried: "tried",
  decided: "decisions",
  file: "files",
} as const;

/**
 * Reads the goal and the parts of a bundle from options, and from a JSON object on stdin where the source is `-`.
 * Options win. Throws HiveError, and ZodError on invalid parts.
 */
export async function givenBundle(
  { world }: Context,
  source: string | undefined,
  options: Options,
): Promise<{ goal: string | undefined; bundle: Bundle }> {
  const { goal, ...read } = source === "-" ? parseObject(await readStdin(world)) : {};
  const given: Options = { ...options, file: await pathsOf(world, options.file) };
  const lists = Object.entries(NAMES).flatMap(([option, key]) => {
    const items = given[option];
    return Array.isArray(items) ? [[key, items] as const] : [];
  });
  const next = optionText(options.next);
  const bundle = { ...read, ...Object.fromEntries(lists), ...(next === undefined ? {} : { next }) };
  if (goal !== undefined && typeof goal !== "string") throw wrongCall("The goal is not a text.", EXAMPLE);
  const { WrittenBundle } = await import("../../domain/requests/bundle.ts");
  return { goal: optionText(options.goal) ?? goal, bundle: WrittenBundle.parse(bundle) };
}

/** Files as a bundle names them: from the project's root. A file outside the project stays as it is given. */
async function pathsOf(world: Context["world"], files: Options[string]): Promise<Options[string]> {
  if (!Array.isArray(files)) return files;
  const { fromRoot } = await import("../../app/targets.ts");
  return Promise.all(
    files.map(async (file: string) => {
      try {
        return (await fromRoot(world, file)).replace(/^\.\//, "");
      } catch (error) {
        if (error instanceof HiveError) return file;
        throw error;
      }
    }),
  );
}

const EXAMPLE = 'Example: {"goal": "Finish the charts", "done": ["Axes"], "next": "npm test"}';

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw wrongCall("The bundle is not a JSON object.", EXAMPLE);
}
