import type { Node } from "jsonc-parser";
import type { FileKind } from "../../domain/validation/hub-files.ts";

type KeyPath = readonly PropertyKey[];
type Offset = (key: KeyPath) => number;

/** A position in a file: a key of its value, or an offset in its text. */
interface Spot {
  readonly key?: KeyPath;
  readonly offset?: number;
}

/**
 * Returns a function that gives the line and column of a spot, both from 1. A missing key gets the position of its
 * nearest existing parent. The text was read before, so the parsers here can read it; it is parsed once for all
 * spots.
 */
export async function positionsIn(kind: FileKind, text: string) {
  const starts = lineStarts(text);
  let offsetOf: Offset | undefined;
  const positionAt = (offset: number) => {
    const line = countUpTo(starts, offset);
    return { line, column: offset - (starts[line - 1] ?? 0) + 1 };
  };
  return async ({ key = [], offset }: Spot) => {
    if (offset !== undefined || key.length === 0) return positionAt(offset ?? 0);
    offsetOf ??= await offsetsIn(kind, text);
    return positionAt(offsetOf(key));
  };
}

async function offsetsIn(kind: FileKind, text: string): Promise<Offset> {
  if (kind === "settings" || kind === "taxonomy")
    return (await import("./pinpoint-yaml.ts")).yamlOffsets(text);
  return kind === "messages" ? (key) => offsetInMessage(text, key) : jsonOffsets(text);
}

/** Points to the name of a property, or to a list element itself. */
async function jsonOffsets(text: string): Promise<Offset> {
  const { parseTree } = await import("jsonc-parser");
  const root = parseTree(text);
  const childrenIn = childFinder();
  return (key) => {
    let [node, offset] = [root, root?.offset ?? 0];
    for (const name of key) {
      node = node && childrenIn(node).get(name);
      if (!node) break;
      offset = node.parent?.type === "property" ? node.parent.offset : node.offset;
    }
    return offset;
  };
}

/**
 * Returns a function that gives the values in an object or a list, by key. Each object is indexed once, because a
 * generated file may have thousands of entries with a finding each.
 */
function childFinder(): (node: Node) => ReadonlyMap<PropertyKey, Node> {
  const indexed = new Map<Node, ReadonlyMap<PropertyKey, Node>>();
  return (node) => {
    const children = indexed.get(node) ?? childrenOf(node);
    indexed.set(node, children);
    return children;
  };
}

function childrenOf({ type, children = [] }: Node): ReadonlyMap<PropertyKey, Node> {
  if (type === "array") return new Map(children.entries());
  const properties = children.map(
    ({ children: [name, value] = [] }) => [String(name?.value), value] as const,
  );
  return new Map(properties.filter((each): each is [string, Node] => each[1] !== undefined));
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
