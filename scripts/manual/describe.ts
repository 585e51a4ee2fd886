import type { Command, CommandRow, Commands } from "../../src/cli/command.ts";
import { GROUPS } from "../../src/cli/table.ts";

/** One command, as the manual describes it. */
export interface Described
  extends Pick<Command, "usage" | "examples" | "prints" | "undo">,
    Pick<CommandRow, "summary"> {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly seeAlso: readonly string[];
  /** All options, including those that may be repeated. */
  readonly options: NonNullable<Command["options"]>;
  /** Rules that do not belong to one option. */
  readonly notes: readonly string[];
}

/** A group of commands with its heading. */
export interface DescribedGroup {
  readonly heading: string;
  readonly commands: readonly Described[];
}

/** Returns all commands in the groups and the order of the table. */
export function describeGroups(): Promise<DescribedGroup[]> {
  return Promise.all(
    GROUPS.map(async ({ heading, commands }) => ({ heading, commands: await describeCommands(commands) })),
  );
}

function describeCommands(commands: Commands): Promise<Described[]> {
  return Promise.all(
    Object.entries(commands).map(async ([name, { summary, aliases = [], seeAlso = [], load }]) => {
      const { options = [], lists = [], notes = [], ...command } = await load();
      return { ...command, name, summary, aliases, seeAlso, options: [...options, ...lists], notes };
    }),
  );
}

/** Returns the call of a command, without options. */
export function callOf({ name, usage }: Described): string {
  return ["hive", name, usage].filter(Boolean).join(" ");
}
