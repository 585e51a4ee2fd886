import type { Help } from "commander";
import type { Command, CommandRow, Group } from "./command.ts";
import { EXIT_MEANINGS } from "./exit-codes.ts";
import { schemaOf } from "./fields.ts";
import { GLOBAL_OPTIONS } from "./input/options.ts";

/** A command as its help shows it. */
export interface HelpTopic extends Pick<CommandRow, "summary" | "aliases" | "seeAlso"> {
  readonly name: string;
  readonly command: Command;
}

/**
 * Renders the help of a command: what it does, how to call it, real calls, its options, and where to go from there.
 * `help` breaks the lines to the width of the terminal. The order is that of gh: a reader copies an example first.
 */
export function renderHelp(topic: HelpTopic, help: Help): string {
  const { name, summary, aliases = [], seeAlso = [], command } = topic;
  const options = allOptions(command);
  const width = Math.max(0, ...options.map(([flags]) => flags.length));
  const wrap = (text: string) => help.boxWrap(text, help.helpWidth ?? DEFAULT_WIDTH);
  const rest = [
    ...(command.undo === undefined ? [] : [`Undo: ${command.undo}`]),
    ...(aliases.length > 0 ? [`Also called: ${aliases.map((alias) => `hive ${alias}`).join(", ")}`] : []),
    ...(seeAlso.length > 0 ? [`See also: ${seeAlso.map((other) => `hive ${other}`).join(", ")}`] : []),
    `Options of every command: ${GLOBAL_OPTIONS.map(([flags]) => flags.replace(/^-\w, /, "")).join(", ")}`,
    `Fields of --json: hive ${name} --help --json`,
  ];
  const sections = [
    wrap(sentence(summary)),
    `Usage: ${callOf(name, command)}`,
    `Examples:\n${command.examples.map((line) => `  ${line}`).join("\n")}`,
    ...(options.length > 0
      ? [`Options:\n${options.map(([flags, text]) => help.formatItem(flags, width, text, help)).join("\n")}`]
      : []),
    ...(command.notes === undefined ? [] : [command.notes.map(wrap).join("\n")]),
    rest.map(wrap).join("\n"),
  ];
  return `${sections.join("\n\n")}\n`;
}

/** Where the output is no terminal, in characters. */
const DEFAULT_WIDTH = 80;

/** Returns the help of a command as data, with a JSON schema of what it prints with --json. */
export function describeHelp({ name, summary, aliases = [], seeAlso = [], command }: HelpTopic): object {
  const { notes = [], examples, undo, prints } = command;
  return {
    command: name,
    summary: sentence(summary),
    usage: callOf(name, command),
    aliases,
    options: allOptions(command).map(([flags, description]) => ({ flags, description })),
    notes,
    examples,
    undo,
    see_also: seeAlso,
    fields: prints,
    schema: schemaOf(prints),
  };
}

/** Returns the call of a command with its arguments. */
function callOf(name: string, command: Command): string {
  const words = ["hive", name, command.usage, allOptions(command).length > 0 ? "[options]" : ""];
  return words.filter((word) => word !== "").join(" ");
}

function allOptions({ options = [], lists = [] }: Command): (readonly [flags: string, text: string])[] {
  return [...options, ...lists];
}

/** Writes a summary as a sentence. */
export function sentence(summary: string): string {
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
}

/** Returns the help of the program as data. */
export function describeProgram(groups: readonly Group[]): object {
  return {
    commands: groups.flatMap(({ heading, commands }) =>
      Object.entries(commands).map(([name, { summary, aliases = [] }]) => ({
        name,
        group: heading,
        summary: sentence(summary),
        aliases,
      })),
    ),
    options: GLOBAL_OPTIONS.map(([flags, description]) => ({ flags, description })),
    exit_codes: EXIT_MEANINGS,
  };
}
