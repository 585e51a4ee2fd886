/** The limits of a list: the number of items, and their bytes of UTF-8. */
export interface Limits {
  readonly count: number;
  readonly bytes: number;
}

export interface PackedLines<Item> {
  readonly shown: readonly Item[];
  readonly lines: readonly string[];
  /** The items that did not fit. */
  readonly rest: readonly Item[];
  readonly bytes: number;
}

/**
 * Renders the first items that fit, each whole. Where not even the first fits, it is cut, with a line that says so and
 * names the command from `all` that shows the whole item.
 */
export function pack<Item>(
  items: readonly Item[],
  limits: Limits,
  render: (item: Item) => readonly string[],
  all: (item: Item) => string,
): PackedLines<Item> {
  const lines: string[] = [];
  let [shown, bytes] = [0, 0];
  for (const item of items.slice(0, limits.count)) {
    const rendered = render(item);
    const size = bytesOf(rendered);
    const isCut = bytes + size > limits.bytes;
    if (isCut && shown > 0) break;
    const taken = isCut ? cut(rendered, limits.bytes, all(item)) : rendered;
    lines.push(...taken);
    bytes += bytesOf(taken);
    shown++;
    if (isCut) break;
  }
  return { shown: items.slice(0, shown), lines, rest: items.slice(shown), bytes };
}

/** Returns the bytes of lines as they are printed. */
export function bytesOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
}

/** Returns the headline, as much of the rest as fits, and a line that tells how much was cut. */
function cut(lines: readonly string[], maxBytes: number, all: string): string[] {
  const kept: string[] = [];
  let left = maxBytes - CUT_LINE_BYTES;
  for (const [index, line] of lines.entries()) {
    const part = index === 0 ? line : start(line, left - 1);
    kept.push(part);
    left -= bytesOf([part]);
    if (part !== line || left <= 1) break;
  }
  return [...kept, `  [cut: ${bytesOf(kept)} of ${bytesOf(lines)} bytes; all of it: ${all}]`];
}

/** About how many bytes the line about the cut takes. */
const CUT_LINE_BYTES = 100;

/** Returns the first characters that take at most so many bytes, each whole. */
function start(line: string, maxBytes: number): string {
  if (Buffer.byteLength(line) <= maxBytes) return line;
  let [kept, bytes] = ["", 0];
  for (const character of line) {
    bytes += Buffer.byteLength(character);
    if (bytes > maxBytes) break;
    kept += character;
  }
  return kept;
}
