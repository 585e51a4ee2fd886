import type { Commands } from "../command.ts";
import { oldFlagsOf } from "../input/old-flags.ts";
import { GLOBAL_OPTIONS } from "../input/options.ts";
import { type Line, readLine } from "./line.ts";

/** A word that fits at the cursor, and its description. */
export interface CompletionCandidate {
  readonly value: string;
  readonly description: string;
}

/** Finds the values of a placeholder, such as `session`, in a command. */
export type FindValues = (placeholder: string, command: string) => Promise<readonly CompletionCandidate[]>;

/** The parts that may complete a command line. */
interface Choices {
  readonly commands: Commands;
  readonly options: typeof GLOBAL_OPTIONS;
  /** The placeholders of the command's arguments, in order. */
  readonly placeholders: readonly string[];
  readonly findValues: FindValues;
}

/** Returns the candidates for the last word of a command line. The words are those after `hive`. */
export async function candidatesFor(
  words: readonly string[],
  commands: Commands,
  findValues: FindValues,
): Promise<CompletionCandidate[]> {
  const current = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  const { command } = readLine(before, GLOBAL_OPTIONS);
  const called = command === undefined ? undefined : await commands[command]?.load?.();
  const olds = called === undefined ? [] : oldFlagsOf(command ?? "", called);
  const options = [...(called?.options ?? []), ...(called?.lists ?? []), ...GLOBAL_OPTIONS];
  const known = [...options, ...olds.map(({ old, now }) => [old, now] as const)];
  const placeholders = called?.usage.match(/[<[][^<[>\]]+[>\]]/g) ?? [];
  const found = await allCandidates(current, readLine(before, known), {
    commands,
    options,
    placeholders,
    findValues,
  });
  return found.filter(({ value }) => value.startsWith(current));
}

async function allCandidates(current: string, line: Line, choices: Choices): Promise<CompletionCandidate[]> {
  const { command = "", given, awaited, hasEnded } = line;
  if (awaited !== undefined) return valuesOf(awaited, command, choices.findValues);
  if (current.startsWith("-") && !hasEnded) return flagsOf(choices.options);
  if (command === "" || (command === "help" && given === 0)) return namesOf(choices.commands);
  const last = choices.placeholders.at(-1);
  const placeholder = choices.placeholders[given] ?? (last?.includes("...") ? last : undefined);
  return placeholder === undefined ? [] : valuesOf(placeholder, command, choices.findValues);
}

/** Returns the values for a placeholder of a usage line: `<session|topic>`, `[urgency]`. */
async function valuesOf(
  placeholder: string,
  command: string,
  findValues: FindValues,
): Promise<CompletionCandidate[]> {
  const names = placeholder.replaceAll(/[<>[\].]/g, "").split("|");
  return (await Promise.all(names.map((name) => findValues(name, command)))).flat();
}

function namesOf(commands: Commands): CompletionCandidate[] {
  const rows = Object.entries(commands).map(([value, { summary }]) => ({ value, description: summary }));
  return [...rows, { value: "help", description: "show the help of a command" }];
}

function flagsOf(options: typeof GLOBAL_OPTIONS): CompletionCandidate[] {
  const all = [...options, ["-h, --help", "show the help"] as const];
  return all.flatMap(([flags, description]) =>
    (flags.replace(/<.*/, "").match(/--?[a-z][\w-]*/gi) ?? []).map((value) => ({ value, description })),
  );
}
