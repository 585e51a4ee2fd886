import type { Command } from "../../src/cli/command.ts";
import { COMMANDS } from "../../src/cli/table.ts";

/** One command as the manual tells of it. */
export interface Described extends Pick<Command, "usage" | "examples" | "prints"> {
  readonly name: string;
  readonly summary: string;
  readonly options: NonNullable<Command["options"]>;
}

/** Every command of the program, in the order of its table. */
export function describeCommands(): Promise<Described[]> {
  return Promise.all(
    Object.entries(COMMANDS).map(async ([name, { summary, load }]) => {
      const { usage, options = [], examples, prints } = await load();
      return { name, summary, usage, options, examples, prints };
    }),
  );
}

/** How a command is called, without its options. */
export function callOf({ name, usage }: Described): string {
  return ["hive", name, usage].filter(Boolean).join(" ");
}
