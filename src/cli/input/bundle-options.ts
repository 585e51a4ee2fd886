import type { Bundle } from "../../domain/requests/bundle.ts";
import { wrongCall } from "../../errors.ts";
import type { Command, Context, Options } from "../command.ts";
import { optionText } from "../submit.ts";
import { readStdin } from "./stdin.ts";

/** The options for the lists of a bundle. A given list replaces the drafted list. */
export const LISTS: NonNullable<Command["lists"]> = [
  ["--done <text>", "work that is done; repeat it for more, like the options below"],
  ["--doing <text>", "work in progress"],
  ["--tried <text>", "an attempt that failed"],
  ["--decided <text>", "a decision"],
  ["--file <path>", "an important file"],
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
  const lists = Object.entries(NAMES).flatMap(([option, key]) => {
    const items = options[option];
    return Array.isArray(items) ? [[key, items] as const] : [];
  });
  const next = optionText(options.next);
  const bundle = { ...read, ...Object.fromEntries(lists), ...(next === undefined ? {} : { next }) };
  if (goal !== undefined && typeof goal !== "string") throw wrongCall("The goal is not a text.", EXAMPLE);
  const { WrittenBundle } = await import("../../domain/requests/bundle.ts");
  return { goal: optionText(options.goal) ?? goal, bundle: WrittenBundle.parse(bundle) };
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
