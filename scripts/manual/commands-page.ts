import { EXIT_MEANINGS } from "../../src/cli/exit-codes.ts";
import { GLOBAL_OPTIONS } from "../../src/cli/input/options.ts";
import { callOf, type Described, type DescribedGroup } from "./describe.ts";

const HEAD = `<!-- Generated from the program: npm run docs -->

# The commands

\`hive <command>\`; \`git hive <command>\` is the same. What stands in \`<>\` has to be given, what stands in \`[]\` may be.
A request or a message may be named by any unique start of its id; \`-\` for a text reads it from stdin.`;

const JSON_HEAD = `## What --json prints

Exactly one document on stdout (\`watch\` and \`log --follow\`: one a line), with the fields that each command names below:
\`[]\` is a list, \`?\` may be missing, an object's own fields stand in braces; a value or an object that there is none of is
null. More may be added, none is renamed. What could not be done is \`{"error": {"code", "message", "hint"}}\` on stderr. A
write that could not land yet has \`"landed": false\`, \`"result": null\` and \`"queued": {"code", "message", "hint"}\`.`;

/** All commands on one page of Markdown. */
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

/** The heading heads a table and no section: `claims` is a command's anchor already. */
function contents({ heading, commands }: DescribedGroup): string {
  const rows = commands.map(({ name, summary }) => `| [\`${name}\`](#${name}) | ${cell(summary)} |`);
  return [`| ${heading} | |`, "|---|---|", ...rows].join("\n");
}

function section(command: Described): string {
  const { name, summary, options, notes, examples, prints } = command;
  return [
    `## ${name}`,
    `${sentence(summary)}`,
    fence([`${callOf(command)}${options.length > 0 ? " [options]" : ""}`]),
    ...(options.length > 0 ? [optionTable(options)] : []),
    ...(notes.length > 0 ? [notes.map(cell).join("\n")] : []),
    fence(examples),
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

function sentence(summary: string): string {
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
}
