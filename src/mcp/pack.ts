/** What of a list there was room for. */
export interface PackedInbox<Item> {
  readonly shown: readonly Item[];
  readonly described: readonly object[];
  /** How many were left out. */
  readonly rest: number;
  /** What is left of the room, in bytes. */
  readonly left: number;
}

/** The first items, each whole, while they fit into so many bytes as JSON; the first one in any case. */
export function pack<Item>(
  items: readonly Item[],
  bytes: number,
  describe: (item: Item) => object,
): PackedInbox<Item> {
  const described: object[] = [];
  let left = bytes;
  for (const item of items) {
    const value = describe(item);
    const size = Buffer.byteLength(JSON.stringify(value));
    if (size > left && described.length > 0) break;
    described.push(value);
    left = Math.max(0, left - size);
  }
  const count = described.length;
  return { shown: items.slice(0, count), described, rest: items.length - count, left };
}
