import type { Bundle } from "../../domain/requests/bundle.ts";
import { wrongCall } from "../../errors.ts";
import type { Command, Context, Options } from "../command.ts";
import { optionText } from "../submit.ts";

/** The lists of a bundle as options; what is given replaces what was drafted. */
export const LISTS: NonNullable<Command["lists"]> = [
  ["--done <text>", "what is done; may be given again, as those that follow"],
  ["--doing <text>", "what is in progress"],
  ["--tried <text>", "what was tried, and failed"],
  ["--decided <text>", "what was decided"],
  ["--file <path>", "a file that matters"],
];

const NAMES = {
  done: "done",
  doing: "in_progress",
  tried: "tried",
  decided: "decisions",
  file: "files",
} as const;

/**
 * The goal and the parts of a bundle as they are given: from stdin, where `-` stands for it, as a JSON object, and by
 * options, which come first. Throws HiveError, and ZodError on parts that do not fit.
 */
export async function givenBundle(
  { world }: Context,
  source: string | undefined,
  options: Options,
): Promise<{ goal: string | undefined; bundle: Bundle }> {
  const { goal, ...read } = source === "-" ? parseObject(await world.readInput()) : {};
  const lists = Object.entries(NAMES).flatMap(([option, key]) => {
    const items = options[option];
    return Array.isArray(items) ? [[key, items] as const] : [];
  });
  const next = optionText(options.next);
  const said = { ...read, ...Object.fromEntries(lists), ...(next === undefined ? {} : { next }) };
  if (goal !== undefined && typeof goal !== "string") throw wrongCall("The goal is no text.", EXAMPLE);
  const { WrittenBundle } = await import("../../domain/requests/bundle.ts");
  return { goal: optionText(options.goal) ?? goal, bundle: WrittenBundle.parse(said) };
}

const EXAMPLE = 'As in: {"goal": "Finish the charts", "done": ["Axes"], "next": "npm test"}';

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw wrongCall("The bundle is no JSON object.", EXAMPLE);
}
