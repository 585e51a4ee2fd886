import type { FileKind } from "../../domain/validation/hub-files.ts";

type KeyPath = readonly PropertyKey[];
type Offset = (key: KeyPath) => number;

/** A position in a file: a key of its value, or an offset in its text. */
interface Spot {
  readonly key?: KeyPath;
  readonly offset?: number;
}

/**
 * Returns a function that gives the line and column of one of the spots, both from 1. A missing key gets the position of
 * its nearest existing parent. The text was read before, so the parsers here can read it; it is parsed once for all
 * spots.
 */
export async function positionsIn(kind: FileKind, text: string, spots: readonly Spot[]) {
  const starts = lineStarts(text);
  let offsetOf: Offset | undefined;
  const positionAt = (offset: number) => {
    const line = countUpTo(starts, offset);
    return { line, column: offset - (starts[line - 1] ?? 0) + 1 };
  };
  return async ({ key = [], offset }: Spot) => {
    if (offset !== undefined || key.length === 0) return positionAt(offset ?? 0);
    offsetOf ??= await offsetsIn(kind, text, spots);
    return positionAt(offsetOf(key));
  };
}

async function offsetsIn(kind: FileKind, text: string, spots: readonly Spot[]): Promise<Offset> {
  if (kind === "settings" || kind === "taxonomy")
    return (await import("./pinpoint-yaml.ts")).yamlOffsets(text);
  return kind === "messages"
    ? (key) => offsetInMessage(text, key)
    : jsonOffsets(
        text,
        spots.flatMap(({ key }) => (key === undefined ? [] : [key])),
      );
}

/** Points to the name of a property, or to a list element itself. Only what is asked for is kept of a large file. */
async function jsonOffsets(text: string, keys: readonly KeyPath[]): Promise<Offset> {
  const { visit } = await import("jsonc-parser");
  const wanted = new Set(keys.flatMap(prefixesOf));
  const depths = new Set(keys.flatMap((key) => [0, ...key.map((_, index) => index + 1)]));
  const found = new Map<string, number>();
  const note = (path: KeyPath, offset: number) => {
    if (!depths.has(path.length)) return;
    const name = nameOf(path);
    if (wanted.has(name) && !found.has(name)) found.set(name, offset);
  };
  type Visited = [offset: number, length: number, line: number, column: number, path: () => KeyPath];
  const onValue = (...[offset, , , , path]: Visited) => note(path(), offset);
  visit(text, {
    onObjectProperty: (name, offset, _, __, ___, path) => note([...path(), name], offset),
    onObjectBegin: (...visited) => onValue(...visited),
    onArrayBegin: (...visited) => onValue(...visited),
    onLiteralValue: (_, ...visited) => onValue(...visited),
  });
  return (key) => {
    const nearest = prefixesOf(key).findLast((name) => found.has(name));
    return nearest === undefined ? 0 : (found.get(nearest) ?? 0);
  };
}

/** A path of keys and of all its parents, from the whole file on. */
function prefixesOf(key: KeyPath): string[] {
  return [nameOf([]), ...key.map((_, index) => nameOf(key.slice(0, index + 1)))];
}

function nameOf(path: KeyPath): string {
  return JSON.stringify(path);
}

/** The offset of a field in a message: the header's line that starts with the key, or the body after the header. */
function offsetInMessage(text: string, [name]: KeyPath): number {
  const end = text.indexOf("\n---\n", 3);
  if (name === "body") return end + "\n---\n".length;
  const header = text.slice(0, end + 1).split("\n");
  const index = header.findIndex((line) =>
    [`${String(name)}:`, `"${String(name)}":`].some((start) => line.startsWith(start)),
  );
  return index < 0 ? 0 : header.slice(0, index).join("\n").length + 1;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** The count of numbers, in ascending order, that are not greater than the limit. */
function countUpTo(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
