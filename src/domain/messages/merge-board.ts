import { BOARD_SIZE } from "./board.ts";
import type { Message } from "./message.ts";
import { newestFirst } from "./order.ts";

/** One message as it stands on a board. */
interface BoardEntry extends Pick<Message, "id" | "sent_at"> {
  readonly text: string;
}

interface Board {
  readonly head: string;
  readonly entries: ReadonlyMap<string, BoardEntry>;
}

/**
 * Two boards that came of one, as texts: the messages of both, newest first, as many as a board shows. Of two
 * generated ones it is what the merged messages would generate, as long as not both sides removed some. Undefined
 * where one of them has been edited by hand.
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

/** Every line of a message is quoted on a board, so a heading starts an entry and nothing else. */
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
    // Messages do not change; were one shown in two ways, both sides take the same one.
    const text = mergeTexts(before?.text, ours.text, theirs.text);
    return text === undefined ? [ours, theirs].sort(byText)[0] : text === ours.text ? ours : theirs;
  }
  const isRemoved = before !== undefined && hasRoomFor(before, ours ? right : left);
  return isRemoved ? undefined : (ours ?? theirs);
}

/** Whether a board would show an entry that is not on it, had the message not been removed. */
function hasRoomFor(entry: BoardEntry, { entries }: Board): boolean {
  const last = [...entries.values()].at(-1);
  return last === undefined || entries.size < BOARD_SIZE || newestFirst(entry, last) < 0;
}

function byText(a: BoardEntry, b: BoardEntry): number {
  return a.text < b.text ? -1 : 1;
}

/** The side that changed; undefined where both did, and not to the same. */
function mergeTexts(base: string | undefined, ours: string, theirs: string): string | undefined {
  if (ours === theirs || base === theirs) return ours;
  return base === ours ? theirs : undefined;
}
