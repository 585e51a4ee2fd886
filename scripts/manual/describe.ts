import type { Command } from "../../src/cli/command.ts";
import { COMMANDS } from "../../src/cli/table.ts";

/** One command as the manual tells of it. */
export interface Described extends Pick<Command, "usage" | "examples" | "prints"> {
  readonly name: string;
  readonly summary: string;
  /** Also those that may be given more than once. */
  readonly options: NonNullable<Command["options"]>;
  /** Rules beside the options. */
  readonly notes: readonly string[];
}

/** Every command of the program, in the order of its table. */
export function describeCommands(): Promise<Described[]> {
  return Promise.all(
    Object.entries(COMMANDS).map(async ([name, { summary, load }]) => {
      const { usage, options = [], lists = [], notes = [], examples, prints } = await load();
      return { name, summary, usage, options: [...options, ...lists], notes, examples, prints };
    }),
  );
}

/** How a command is called, without its options. */
export function callOf({ name, usage }: Described): string {
  return ["hive", name, usage].filter(Boolean).join(" ");
}
