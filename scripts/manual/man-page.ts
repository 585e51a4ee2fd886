import { EXIT_MEANINGS } from "../../src/cli/exit-codes.ts";
import { DESCRIPTION, GLOBAL_OPTIONS } from "../../src/cli/input/options.ts";
import { callOf, type Described, type DescribedGroup } from "./describe.ts";

const ENVIRONMENT = [
  ["HIVE_SESSION", "the session that acts, where --as does not say"],
  ["HIVE_HUB", "the hub, where --hub does not say"],
  ["TZ", "the zone of times as 17:00, where they do not name theirs"],
  ["HIVE_STATE_DIR", "where this host keeps its replicas and what waits to be sent"],
  ["NO_COLOR", "print no colors"],
] as const;

/** The program as a page for man(1). */
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
    "Sessions register, show that they are alive, find who can help, ask, answer and broadcast.",
    "Every act is one commit to a Git repository, the hub; there is no server.",
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

/** A page that is another page: the second name of the program. */
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

/** A text as roff prints it: no line is a request, hyphens can be copied, and all of it is ASCII. */
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
