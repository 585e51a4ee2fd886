import type { Command, Commands } from "../../src/cli/command.ts";
import { GROUPS } from "../../src/cli/table.ts";

/** One command as the manual tells of it. */
export interface Described extends Pick<Command, "usage" | "examples" | "prints"> {
  readonly name: string;
  readonly summary: string;
  /** Also those that may be given more than once. */
  readonly options: NonNullable<Command["options"]>;
  /** Rules beside the options. */
  readonly notes: readonly string[];
}

/** Commands on one subject. */
export interface DescribedGroup {
  readonly heading: string;
  readonly commands: readonly Described[];
}

/** Every command of the program, in the groups and the order of its table. */
export function describeGroups(): Promise<DescribedGroup[]> {
  return Promise.all(
    GROUPS.map(async ({ heading, commands }) => ({ heading, commands: await describeCommands(commands) })),
  );
}

function describeCommands(commands: Commands): Promise<Described[]> {
  return Promise.all(
    Object.entries(commands).map(async ([name, { summary, load }]) => {
      const { usage, options = [], lists = [], notes = [], examples, prints } = await load();
      return { name, summary, usage, options: [...options, ...lists], notes, examples, prints };
    }),
  );
}

/** How a command is called, without its options. */
export function callOf({ name, usage }: Described): string {
  return ["hive", name, usage].filter(Boolean).join(" ");
}
