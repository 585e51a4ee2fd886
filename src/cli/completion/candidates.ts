import type { Commands } from "../command.ts";
import { GLOBAL_OPTIONS } from "../input/options.ts";
import { type Line, readLine } from "./line.ts";

/** What may stand at the cursor, and what it is. */
export interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** Finds what may stand for a placeholder, as `session`, in a command. */
export type FindValues = (placeholder: string, command: string) => Promise<readonly Candidate[]>;

/** What a command line can be made of. */
interface Menu {
  readonly commands: Commands;
  readonly options: typeof GLOBAL_OPTIONS;
  /** The placeholders of the command's arguments, in order. */
  readonly places: readonly string[];
  readonly findValues: FindValues;
}

/** What may stand in place of the last word of a command line; the words are those after `hive`. */
export async function candidatesFor(
  words: readonly string[],
  commands: Commands,
  findValues: FindValues,
): Promise<Candidate[]> {
  const current = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  const { command } = readLine(before, GLOBAL_OPTIONS);
  const called = command === undefined ? undefined : await commands[command]?.load?.();
  const options = [...(called?.options ?? []), ...GLOBAL_OPTIONS];
  const places = called?.usage.match(/[<[][^>\]]+[>\]]/g) ?? [];
  const found = await possible(current, readLine(before, options), { commands, options, places, findValues });
  return found.filter(({ value }) => value.startsWith(current));
}

async function possible(current: string, line: Line, menu: Menu): Promise<Candidate[]> {
  const { command = "", given, awaited, hasEnded } = line;
  if (awaited !== undefined) return valuesOf(awaited, command, menu.findValues);
  if (current.startsWith("-") && !hasEnded) return flagsOf(menu.options);
  if (command === "" || (command === "help" && given === 0)) return namesOf(menu.commands);
  const last = menu.places.at(-1);
  const place = menu.places[given] ?? (last?.includes("...") ? last : undefined);
  return place === undefined ? [] : valuesOf(place, command, menu.findValues);
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
    (flags.replace(/<.*/, "").match(/--?[a-z][\w-]*/gi) ?? []).map((value) => ({ value, description })),
  );
}
