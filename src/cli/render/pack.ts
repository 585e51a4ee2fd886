/** At most so many, in so many bytes of UTF-8. */
export interface Room {
  readonly count: number;
  readonly bytes: number;
}

export interface PackedLines<Item> {
  readonly shown: readonly Item[];
  readonly lines: readonly string[];
  /** What there was no room for. */
  readonly rest: readonly Item[];
  readonly bytes: number;
}

/**
 * The first items as lines, whole while they fit. When not even the first does it is cut, and says so: `all` is the
 * command that shows it whole.
 */
export function pack<Item>(
  items: readonly Item[],
  room: Room,
  render: (item: Item) => readonly string[],
  all: (item: Item) => string,
): PackedLines<Item> {
  const lines: string[] = [];
  let [shown, bytes] = [0, 0];
  for (const item of items.slice(0, room.count)) {
    const rendered = render(item);
    const size = bytesOf(rendered);
    const isCut = bytes + size > room.bytes;
    if (isCut && shown > 0) break;
    const taken = isCut ? cut(rendered, room.bytes, all(item)) : rendered;
    lines.push(...taken);
    bytes += bytesOf(taken);
    shown++;
    if (isCut) break;
  }
  return { shown: items.slice(0, shown), lines, rest: items.slice(shown), bytes };
}

/** Bytes of lines as they are printed. */
export function bytesOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
}

/** The headline, as much of the rest as fits, and how much that is. */
function cut(lines: readonly string[], room: number, all: string): string[] {
  const kept: string[] = [];
  let left = room - TELLING;
  for (const [index, line] of lines.entries()) {
    const part = index === 0 ? line : start(line, left - 1);
    kept.push(part);
    left -= bytesOf([part]);
    if (part !== line || left <= 1) break;
  }
  return [...kept, `  [cut: ${bytesOf(kept)} of ${bytesOf(lines)} bytes; all of it: ${all}]`];
}

/** About what it takes to say that something was cut. */
const TELLING = 100;

/** As many whole characters as take at most so many bytes. */
function start(line: string, room: number): string {
  if (Buffer.byteLength(line) <= room) return line;
  let [kept, bytes] = ["", 0];
  for (const character of line) {
    bytes += Buffer.byteLength(character);
    if (bytes > room) break;
    kept += character;
  }
  return kept;
}
