import type { FileKind } from "../../domain/validation/hub-files.ts";

type KeyPath = readonly PropertyKey[];
type Offset = (key: KeyPath) => number;

/** Where something in a file is: at a key of what it holds, or at a character of its text. */
interface Spot {
  readonly key?: KeyPath;
  readonly offset?: number;
}

/**
 * Lines and columns of a file's text, both from 1; where a key does not stand, those of the nearest thing that holds
 * it. The text has been read before, so it is one that the parsers here can take; it is parsed once for all spots.
 */
export async function placesIn(kind: FileKind, text: string) {
  const starts = lineStarts(text);
  let offsetOf: Offset | undefined;
  const placeAt = (offset: number) => {
    const line = countUpTo(starts, offset);
    return { line, column: offset - (starts[line - 1] ?? 0) + 1 };
  };
  return async ({ key = [], offset }: Spot) => {
    if (offset !== undefined || key.length === 0) return placeAt(offset ?? 0);
    offsetOf ??= await offsetsIn(kind, text);
    return placeAt(offsetOf(key));
  };
}

async function offsetsIn(kind: FileKind, text: string): Promise<Offset> {
  if (kind === "settings" || kind === "taxonomy")
    return (await import("./pinpoint-yaml.ts")).yamlOffsets(text);
  return kind === "messages" ? (key) => offsetInMessage(text, key) : jsonOffsets(text);
}

/** A property is pointed at by its name, an element by itself. */
async function jsonOffsets(text: string): Promise<Offset> {
  const { findNodeAtLocation, parseTree } = await import("jsonc-parser");
  const root = parseTree(text);
  return (key) => {
    for (let length = key.length; root && length > 0; length--) {
      const node = findNodeAtLocation(root, key.slice(0, length) as (string | number)[]);
      if (node) return node.parent?.type === "property" ? node.parent.offset : node.offset;
    }
    return root?.offset ?? 0;
  };
}

/** A line of the header starts with its key; the body follows the header. */
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

/** How many of the ascending numbers are no greater than the limit. */
function countUpTo(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
