import type { Commands } from "../command.ts";
import { GLOBAL_OPTIONS } from "../options.ts";
import { type Line, readLine } from "./line.ts";

/** What may stand at the cursor, and what it is. */
export interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** Finds what may stand for a placeholder, as `session`, in a command. */
export type FindValues = (placeholder: string, command: string) => Promise<readonly Candidate[]>;

/** What may stand in place of the last word of a command line; the words are those after `hive`. */
export async function candidatesFor(
  words: readonly string[],
  commands: Commands,
  findValues: FindValues,
): Promise<Candidate[]> {
  const current = words.at(-1) ?? "";
  const line = readLine(words.slice(0, -1), GLOBAL_OPTIONS);
  const { load } = (line.command === undefined ? undefined : commands[line.command]) ?? {};
  const { usage = "", options = [] } = (await load?.()) ?? {};
  const whole = load ? readLine(words.slice(0, -1), [...options, ...GLOBAL_OPTIONS]) : line;
  const found = await possible(current, whole, [...options, ...GLOBAL_OPTIONS], usage, commands, findValues);
  return found.filter(({ value }) => value.startsWith(current));
}

async function possible(
  current: string,
  line: Line,
  options: typeof GLOBAL_OPTIONS,
  usage: string,
  commands: Commands,
  findValues: FindValues,
): Promise<Candidate[]> {
  const command = line.command ?? "";
  if (line.awaited !== undefined) return valuesOf(line.awaited, command, findValues);
  if (current.startsWith("-") && !line.hasEnded) return flagsOf(options);
  if (line.command === undefined || (command === "help" && line.given === 0)) return namesOf(commands);
  const places = usage.match(/[<[][^>\]]+[>\]]/g) ?? [];
  const place = places[line.given] ?? (places.at(-1)?.includes("...") ? places.at(-1) : undefined);
  return place === undefined ? [] : valuesOf(place, command, findValues);
}

/** The values for a placeholder as usage writes it: `<session|topic>`, `[urgency]`. */
async function valuesOf(place: string, command: string, findValues: FindValues): Promise<Candidate[]> {
  const names = place.replaceAll(/[<>[\].]/g, "").split("|");
  return (await Promise.all(names.map((name) => findValues(name, command)))).flat();
}

function namesOf(commands: Commands): Candidate[] {
  const rows = Object.entries(commands).map(([value, { summary }]) => ({ value, description: summary }));
  return [...rows, { value: "help", description: "how a command is called" }];
}

function flagsOf(options: typeof GLOBAL_OPTIONS): Candidate[] {
  const all = [...options, ["-h, --help", "how it is called"] as const];
  return all.flatMap(([flags, description]) =>
    (flags.match(/--?[a-z][\w-]*/gi) ?? []).map((value) => ({ value, description })),
  );
}
