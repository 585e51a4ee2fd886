/** A message in `MESSAGES.md`. */
export interface OldBoardEntry {
  /** The fields above the text, by lower-case name. `from` always exists. */
  readonly fields: ReadonlyMap<string, string>;
  /** The heading above the fields; undefined if there is none. */
  readonly heading: string | undefined;
  /** The request that the message announces, from the heading of a request block. */
  readonly request: string | undefined;
  readonly text: string;
}

interface Head {
  readonly fields: ReadonlyMap<string, string>;
  readonly heading: string | undefined;
  readonly request: string | undefined;
  /** The line at which the text starts. */
  readonly next: number;
  /** Whether a tool wrote the entry. Its text ends only at the start of another entry of a tool. */
  readonly isTool: boolean;
  /** Whether the entry starts after a rule or with a request's heading, as all entries of tools do. */
  readonly isMarked: boolean;
}

const RULE = /^-{3,}\s*$/;
const HEADING = /^#{1,6}\s(.*)$/;
const FIELD = /^(?:\*\*([A-Za-z][A-Za-z ]{0,30}):\*\*|#{1,6}\s+(From|To):)(.*)$/;
const REQUEST = /^#{1,6}\s.*COLLABORATION REQUEST\s+#?(\S+)/;
const ANSWER = /^#{2,6}\s+How to respond\b/i;

/** Most lines searched between a rule and the fields, so that a file with only headings is not slow to read. */
const MAX_LOOK_AHEAD_LINES = 16;

/**
 * Finds the messages of a board: sections whose fields name a sender.
 *
 * 1. A rule, optional headings, then fields start an entry anywhere. So does a request's heading with its fields.
 * 2. Fields under a heading or after a blank line start an entry, but not inside the text of an entry that a tool
 *    appended, because such a text may quote anything.
 * 3. A rule before a heading without fields ends the text of a manual entry, not of a tool's entry.
 *
 * Other text is left out, because it is a page that people edited and not a message.
 */
export function readBoard(board: string): OldBoardEntry[] {
  const lines = board.split("\n");
  const entries: OldBoardEntry[] = [];
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
    heading: headings.at(-1)?.replace(HEADING, "$1").trimStart(),
    isTool: request !== undefined || headings.length === 0,
    isMarked: RULE.test(lines[start] ?? "") || REQUEST.test(lines[start] ?? ""),
  };
}

function isPossibleStart(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? "";
  if (RULE.test(line) || HEADING.test(line)) return true;
  return FIELD.test(line) && (lines[at - 1] ?? "").trim() === "";
}

/**
 * The first wanted line that follows only rules, then headings, and blank lines; undefined if there is none. The
 * headings are collected.
 */
function skipTo(
  lines: readonly string[],
  start: number,
  isWanted: (line: string) => boolean,
  headings: string[],
): number | undefined {
  for (let at = start; at < Math.min(lines.length, start + MAX_LOOK_AHEAD_LINES); at++) {
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

function entryOf({ fields, heading, request }: Head, lines: readonly string[]): OldBoardEntry {
  const inline = fields.get("message") ?? "";
  const text = request === undefined ? trimBlock(lines) : requestText(lines);
  return { fields, heading, request, text: [inline, text].filter((part) => part !== "").join("\n") };
}

/** The text between the headings of a request block. */
function requestText(lines: readonly string[]): string {
  const start = lines.findIndex((line) => /^#{2,6}\s+Request:/.test(line)) + 1;
  const end = lines.findLastIndex((line) => ANSWER.test(line));
  return trimBlock(lines.slice(start, end < start ? undefined : end));
}

/** The lines without blank lines at both ends and without the rule that a tool writes after its entry. */
function trimBlock(lines: readonly string[]): string {
  const first = lines.findIndex((line) => line.trim() !== "");
  const last = lines.findLastIndex((line) => line.trim() !== "" && !RULE.test(line));
  return first < 0 ? "" : lines.slice(first, last + 1).join("\n");
}
