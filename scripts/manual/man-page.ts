import { EXIT_MEANINGS } from "../../src/cli/exit-codes.ts";
import { sentence } from "../../src/cli/help.ts";
import { DESCRIPTION, GLOBAL_OPTIONS } from "../../src/cli/input/options.ts";
import { callOf, type Described, type DescribedGroup } from "./describe.ts";

const ENVIRONMENT = [
  ["HIVE_SESSION", "your session, without --as"],
  ["HIVE_HUB", "the hub, without --hub"],
  ["TZ", "the time zone of times without a zone, such as 17:00"],
  ["HIVE_STATE_DIR", "the directory of this host's replicas and outboxes"],
  ["NO_COLOR", "print no colors"],
] as const;

/** Returns the manual page for man(1). `date` is that of the newest release. */
export function manPage(groups: readonly DescribedGroup[], version: string, date: string): string {
  return `${[
    '.\\" Generated from the program: npm run docs',
    `.TH GIT-HIVE 1 ${date} "git-hive ${version}" "git-hive"`,
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
  ]
    .flatMap(foldLine)
    .join("\n")}\n`;
}

/** The longest line of a page's source, in characters. `mandoc -Tlint` complains about longer ones. */
const WIDTH = 80;

/**
 * Breaks a line of text between words; roff joins the parts again. A part never begins as a request would. A line of an
 * example begins with spaces and keeps its line breaks, so it is continued with a backslash.
 */
function foldLine(line: string): string[] {
  if (line.length <= WIDTH || line.startsWith(".")) return [line];
  const isKept = line.startsWith(" ");
  const at = line.lastIndexOf(" ", WIDTH - 2);
  if (at <= (/\S/.exec(line)?.index ?? 0)) return [line];
  const [first, rest] = [line.slice(0, at), line.slice(at + 1)];
  return isKept
    ? [`${first} \\`, ...foldLine(` ${rest}`).map((each) => each.slice(1))]
    : [first, ...foldLine(rest.replace(/^[.']/, "\\&$&"))];
}

/** The page of the program's second name. It includes the first page. */
export const ALIAS_PAGE = ".so man1/git-hive.1\n";

function synopsis(command: Described): string {
  return `${bold("git hive")} ${text(callOf(command).replace(/^hive /, ""))}`;
}

function section(command: Described): string[] {
  const { summary, options, notes, examples, prints, undo, aliases, seeAlso } = command;
  return [
    `.SS ${text(callOf(command))}`,
    text(sentence(summary)),
    ".PP",
    ".nf",
    ...examples.map((line) => `    ${text(line)}`),
    ".fi",
    ...options.flatMap(tagged),
    ...paragraph(...notes),
    ...(undo === undefined ? [] : paragraph(`Undo: ${undo}`)),
    ...(aliases.length > 0 ? paragraph(`Also called: ${aliases.join(", ")}.`) : []),
    ...(seeAlso.length > 0 ? paragraph(`See also: ${seeAlso.join(", ")}.`) : []),
    ...paragraph(`Fields with --json: ${prints}`),
  ];
}

function paragraph(...lines: readonly string[]): string[] {
  return lines.length > 0 ? [".PP", ...lines.map(text)] : [];
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
