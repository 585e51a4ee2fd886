import { BOARD_SIZE } from "./board.ts";
import type { Message } from "./message.ts";
import { newestFirst } from "./order.ts";

/** One message as it is written on a board. */
interface BoardEntry extends Pick<Message, "id" | "sent_at"> {
  readonly text: string;
}

interface Board {
  readonly head: string;
  readonly entries: ReadonlyMap<string, BoardEntry>;
}

/**
 * Merges two boards with a common base, as texts: the newest messages of both, at most `BOARD_SIZE`. Undefined when
 * one of the boards was edited by hand. For two generated boards, the result is the board of the merged messages,
 * unless both sides removed messages.
 */
export function mergeBoard(base: string, ours: string, theirs: string): string | undefined {
  const boards = [parseBoard(base), parseBoard(ours), parseBoard(theirs)] as const;
  const [before, left, right] = boards;
  if (!before || !left || !right) return undefined;
  const head = mergeTexts(before.head, left.head, right.head);
  if (head === undefined) return undefined;
  const ids = new Set([...left.entries.keys(), ...right.entries.keys()]);
  const entries = [...ids].flatMap((id) => mergeEntry(id, before, left, right) ?? []);
  const newest = entries.sort(newestFirst).slice(0, BOARD_SIZE);
  return [head, ...newest.map(({ text }) => text)].join("\n");
}

/** Undefined when an entry is invalid. Every line of a message is quoted, so each heading starts an entry. */
function parseBoard(text: string): Board | undefined {
  const [head = "", ...texts] = text.split(/\n(?=## )/);
  const entries = texts.flatMap((each) => parseEntry(each) ?? []);
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  return byId.size === texts.length ? { head, entries: byId } : undefined;
}

const ENTRY =
  /^## \S+ to \S+, \S+, (\d{4}-\S+Z)\n\n(?:\*\*.*\*\*\n\n)?(?:>.*\n)+\n<sub>([0-9A-Z]{26})<\/sub>\n$/;

function parseEntry(text: string): BoardEntry | undefined {
  const [, sent_at, id] = ENTRY.exec(text) ?? [];
  if (sent_at === undefined || id === undefined || Number.isNaN(Date.parse(sent_at))) return undefined;
  return { id: id as Message["id"], sent_at, text };
}

function mergeEntry(id: string, base: Board, left: Board, right: Board): BoardEntry | undefined {
  const [before, ours, theirs] = [base, left, right].map(({ entries }) => entries.get(id));
  if (ours && theirs) {
    // Messages do not change. If the two boards show one differently, both merge directions choose the same text.
    const text = mergeTexts(before?.text, ours.text, theirs.text);
    return text === undefined ? [ours, theirs].sort(byText)[0] : text === ours.text ? ours : theirs;
  }
  const isRemoved = before !== undefined && hasRoomFor(before, ours ? right : left);
  return isRemoved ? undefined : (ours ?? theirs);
}

/** Whether a board had room for an entry that is not on it, so that its message must have been removed. */
function hasRoomFor(entry: BoardEntry, { entries }: Board): boolean {
  const last = [...entries.values()].at(-1);
  return last === undefined || entries.size < BOARD_SIZE || newestFirst(entry, last) < 0;
}

function byText(a: BoardEntry, b: BoardEntry): number {
  return a.text < b.text ? -1 : 1;
}

/** The text of the side that changed; undefined when both sides changed it differently. */
function mergeTexts(base: string | undefined, ours: string, theirs: string): string | undefined {
  if (ours === theirs || base === theirs) return ours;
  return base === ours ? theirs : undefined;
}
