import { EXIT_MEANINGS } from "../../src/cli/exit-codes.ts";
import { sentence } from "../../src/cli/help.ts";
import { GLOBAL_OPTIONS } from "../../src/cli/input/options.ts";
import { callOf, type Described, type DescribedGroup } from "./describe.ts";

const HEAD = `<!-- Generated from the program: npm run docs -->

# The commands

\`git hive <command>\` is the same as \`hive <command>\`. Arguments in \`<>\` are required, arguments in \`[]\` are optional.
Name a request or a message by any unique prefix of its id. The text \`-\` reads the text from stdin.`;

const JSON_HEAD = `## What --json prints

\`--json\` prints exactly one document on stdout (\`watch\` and \`log --follow\`: one on each line), with the fields that each
command lists below. \`hive <command> --help --json\` prints them as a JSON schema. \`[]\` is a list, a field with \`?\` may be
missing, and braces hold the fields of an object. A value or object that does not exist has no key: no field is null. New
fields may be added, but no field is renamed. A failure prints \`{"error": {"code", "message", "hint"}}\` on stderr. A write
that has not landed yet has \`"landed": false\` and \`"queued": {"code", "message", "hint"}\`, without \`commit\` and \`result\`. A
write that had nothing to change has no \`commit\`.`;

/** Returns one Markdown page with all commands. */
export function commandsPage(groups: readonly DescribedGroup[]): string {
  return `${[
    HEAD,
    ...groups.map(contents),
    `## Options of every command\n\n${optionTable(GLOBAL_OPTIONS)}`,
    `## Exit codes\n\n${exitCodes()}`,
    JSON_HEAD,
    ...groups.flatMap(({ commands }) => commands.map(section)),
  ].join("\n\n")}\n`;
}

/** Returns a group as a table. The heading is in the table, not a section, because the anchor `claims` belongs to a command. */
function contents({ heading, commands }: DescribedGroup): string {
  const rows = commands.map(({ name, summary }) => `| [\`${name}\`](#${name}) | ${cell(summary)} |`);
  return [`| ${heading} | |`, "|---|---|", ...rows].join("\n");
}

function section(command: Described): string {
  const { name, summary, options, notes, examples, prints, undo, aliases, seeAlso } = command;
  return [
    `## ${name}`,
    `${sentence(summary)}`,
    fence([`${callOf(command)}${options.length > 0 ? " [options]" : ""}`]),
    fence(examples),
    ...(options.length > 0 ? [optionTable(options)] : []),
    ...(notes.length > 0 ? [notes.map(cell).join("\n")] : []),
    ...(undo === undefined ? [] : [`Undo: ${cell(undo)}`]),
    ...(aliases.length > 0 ? [`Also called: ${aliases.map((alias) => `\`${alias}\``).join(", ")}`] : []),
    ...(seeAlso.length > 0
      ? [`See also: ${seeAlso.map((other) => `[\`${other}\`](#${other})`).join(", ")}`]
      : []),
    `JSON: \`${prints}\``,
  ].join("\n\n");
}

function exitCodes(): string {
  const rows = Object.entries(EXIT_MEANINGS).map(([code, meaning]) => `| ${code} | ${meaning} |`);
  return ["| code | meaning |", "|---|---|", ...rows].join("\n");
}

function optionTable(options: Described["options"]): string {
  const rows = options.map(
    ([flags, description]) => `| \`${flags.replaceAll("|", "\\|")}\` | ${cell(description)} |`,
  );
  return ["| option | |", "|---|---|", ...rows].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}

function fence(lines: readonly string[]): string {
  return ["```", ...lines, "```"].join("\n");
}
