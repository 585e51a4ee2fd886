import { EXIT_MEANINGS } from "../../src/cli/exit-codes.ts";
import { DESCRIPTION, GLOBAL_OPTIONS } from "../../src/cli/input/options.ts";
import { callOf, type Described, type DescribedGroup } from "./describe.ts";

const ENVIRONMENT = [
  ["HIVE_SESSION", "your session, without --as"],
  ["HIVE_HUB", "the hub, without --hub"],
  ["TZ", "the time zone of times without a zone, such as 17:00"],
  ["HIVE_STATE_DIR", "the directory of this host's replicas and outboxes"],
  ["NO_COLOR", "print no colors"],
] as const;

/** Returns the manual page for man(1). */
export function manPage(groups: readonly DescribedGroup[], version: string): string {
  return `${[
    '.\\" Generated from the program: npm run docs',
    `.TH GIT-HIVE 1 "" "git-hive ${version}" "git-hive"`,
    ".SH NAME",
    `git-hive, hive \\- ${text(`${DESCRIPTION.charAt(0).toLowerCase()}${DESCRIPTION.slice(1, -1)}`)}`,
    ".SH SYNOPSIS",
    ".nf",
    ...groups.flatMap(({ commands }, index) => [...(index > 0 ? [".PP"] : []), ...commands.map(synopsis)]),
    ".fi",
    ".SH DESCRIPTION",
    "Sessions register, show that they are alive, find help, ask and answer requests, and send messages.",
    "Each operation is one commit to a Git repository, the hub. There is no server.",
    `${bold("hive")} and ${bold("git hive")} are the same.`,
    ".SH OPTIONS",
    ...GLOBAL_OPTIONS.flatMap(tagged),
    ...groups.flatMap(({ heading, commands }) => [
      `.SH ${text(heading.toUpperCase())}`,
      ...commands.flatMap(section),
    ]),
    ".SH EXIT STATUS",
    ...Object.entries(EXIT_MEANINGS).flatMap(tagged),
    ".SH ENVIRONMENT",
    ...ENVIRONMENT.flatMap(tagged),
  ].join("\n")}\n`;
}

/** The page of the program's second name. It includes the first page. */
export const ALIAS_PAGE = ".so man1/git-hive.1\n";

function synopsis(command: Described): string {
  return `${bold("git hive")} ${text(callOf(command).replace(/^hive /, ""))}`;
}

function section(command: Described): string[] {
  const { summary, options, notes, examples, prints } = command;
  return [
    `.SS ${text(callOf(command))}`,
    `${text(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`)}`,
    ...options.flatMap(tagged),
    ...(notes.length > 0 ? [".PP", ...notes.map(text)] : []),
    ".PP",
    ".nf",
    ...examples.map((line) => `    ${text(line)}`),
    ".fi",
    ".PP",
    text(`Fields with --json: ${prints}`),
  ];
}

function tagged([term, meaning]: readonly [string, string]): string[] {
  return [".TP", bold(term), text(meaning)];
}

function bold(words: string): string {
  return `\\fB${text(words)}\\fR`;
}

/** Escapes a text for roff: no line is a roff request, hyphens can be copied, and all characters are ASCII. */
function text(words: string): string {
  const plain = words
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll("'", "\\(aq")
    .replaceAll("`", "\\(ga")
    .replaceAll("^", "\\(ha")
    .replaceAll("~", "\\(ti");
  const ascii = [...plain].map((character) =>
    character > "~"
      ? `\\[u${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}]`
      : character,
  );
  return ascii.join("").replace(/^\./, "\\&.");
}
