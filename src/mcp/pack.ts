/** The items of a list that fit. */
export interface Packed<Item> {
  readonly shown: readonly Item[];
  readonly described: readonly object[];
  /** How many items were left out. */
  readonly rest: number;
  /** The bytes that are left. */
  readonly left: number;
}

/** Returns the first items that fit into so many bytes as JSON, each whole; always at least the first item. */
export function pack<Item>(
  items: readonly Item[],
  bytes: number,
  describe: (item: Item) => object,
): Packed<Item> {
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
