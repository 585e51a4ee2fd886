/** A message as it stands in `MESSAGES.md`. */
export interface BoardEntry {
  /** The fields above the text by their names in lower case; `from` is always there. */
  readonly fields: ReadonlyMap<string, string>;
  /** The heading above the fields, where there is one. */
  readonly heading: string | undefined;
  /** The request it tells of, as the heading of a request block names it. */
  readonly request: string | undefined;
  readonly text: string;
}

interface Head {
  readonly fields: ReadonlyMap<string, string>;
  readonly heading: string | undefined;
  readonly request: string | undefined;
  /** Where the text starts. */
  readonly next: number;
  /** Written by a tool: only what a tool writes at the start of an entry ends its text. */
  readonly isTool: boolean;
  /** Starts after a rule or with a request's heading, as everything that tools append does. */
  readonly isMarked: boolean;
}

const RULE = /^-{3,}\s*$/;
const HEADING = /^#{1,6}\s+(.*)$/;
const FIELD = /^(?:\*\*([A-Za-z][A-Za-z ]{0,30}):\*\*|#{1,6}\s+(From|To):)\s*(.*)$/;
const REQUEST = /^#{1,6}\s.*COLLABORATION REQUEST\s+#?(\S+)/;
const ANSWER = /^#{2,6}\s+How to respond\b/i;

/** Lines between a rule and the fields that are looked at, so that a file of headings alone costs no more than any other. */
const LOOK_AHEAD = 16;

/**
 * Finds the messages of a board: sections whose fields name a sender.
 *
 * 1. A rule, then perhaps headings, then fields: an entry, wherever it stands. So is a request's heading with its fields.
 * 2. Fields under a heading or after a blank line: an entry, but not inside the text of one that a tool appended,
 *    because such a text may quote anything.
 * 3. A rule before a heading without fields ends the text of an entry written by hand, not of a tool's.
 *
 * What belongs to no entry is left out: it is a page that people edited, not messages.
 */
export function readBoard(board: string): BoardEntry[] {
  const lines = board.split("\n");
  const entries: BoardEntry[] = [];
  let open: Head | undefined;
  const close = (end: number) => {
    if (open) entries.push(entryOf(open, lines.slice(open.next, end)));
    open = undefined;
  };
  for (let at = 0; at < lines.length; at++) {
    const head = headAt(lines, at);
    if (head && (head.isMarked || !open?.isTool)) {
      close(at);
      open = head;
      at = head.next - 1;
    } else if (open && !open.isTool && isRuleBeforeHeading(lines, at)) close(at);
  }
  close(lines.length);
  return entries;
}

function headAt(lines: readonly string[], start: number): Head | undefined {
  if (!isPossibleStart(lines, start)) return undefined;
  const headings: string[] = [];
  const first = skipTo(lines, start, (line) => FIELD.test(line), headings);
  if (first === undefined) return undefined;
  const fields = new Map<string, string>();
  let next = first;
  for (let field = fieldOf(lines[next]); field; field = fieldOf(lines[++next])) fields.set(...field);
  if (!fields.has("from") || (fields.size < 2 && !isBold(lines[first]))) return undefined;
  const request = headings.map((heading) => REQUEST.exec(heading)?.[1]).find((id) => id !== undefined);
  return {
    fields,
    request,
    next,
    heading: headings.at(-1)?.replace(HEADING, "$1"),
    isTool: request !== undefined || headings.length === 0,
    isMarked: RULE.test(lines[start] ?? "") || REQUEST.test(lines[start] ?? ""),
  };
}

function isPossibleStart(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? "";
  if (RULE.test(line) || HEADING.test(line)) return true;
  return FIELD.test(line) && (lines[at - 1] ?? "").trim() === "";
}

/** The first line that is wanted after rules, then headings, and blank lines only; the headings are collected. */
function skipTo(
  lines: readonly string[],
  start: number,
  isWanted: (line: string) => boolean,
  headings: string[],
): number | undefined {
  for (let at = start; at < Math.min(lines.length, start + LOOK_AHEAD); at++) {
    const line = lines[at] ?? "";
    if (isWanted(line)) return at;
    if (HEADING.test(line)) headings.push(line);
    else if (line.trim() !== "" && (headings.length > 0 || !RULE.test(line))) return undefined;
  }
  return undefined;
}

function isRuleBeforeHeading(lines: readonly string[], at: number): boolean {
  if (!RULE.test(lines[at] ?? "")) return false;
  return skipTo(lines, at, (line) => HEADING.test(line), []) !== undefined;
}

function fieldOf(line: string | undefined): [name: string, value: string] | undefined {
  const match = FIELD.exec(line ?? "");
  return match ? [(match[1] ?? match[2] ?? "").toLowerCase(), (match[3] ?? "").trim()] : undefined;
}

function isBold(line: string | undefined): boolean {
  return line?.startsWith("**") ?? false;
}

function entryOf({ fields, heading, request }: Head, lines: readonly string[]): BoardEntry {
  const inline = fields.get("message") ?? "";
  const text = request === undefined ? trimBlock(lines) : requestText(lines);
  return { fields, heading, request, text: [inline, text].filter((part) => part !== "").join("\n") };
}

/** What stands between a request block's own headings. */
function requestText(lines: readonly string[]): string {
  const start = lines.findIndex((line) => /^#{2,6}\s+Request:/.test(line)) + 1;
  const end = lines.findLastIndex((line) => ANSWER.test(line));
  return trimBlock(lines.slice(start, end < start ? undefined : end));
}

/** The lines without blank ones at both ends, nor the rule that a tool puts behind its entry. */
function trimBlock(lines: readonly string[]): string {
  const first = lines.findIndex((line) => line.trim() !== "");
  const last = lines.findLastIndex((line) => line.trim() !== "" && !RULE.test(line));
  return first < 0 ? "" : lines.slice(first, last + 1).join("\n");
}
