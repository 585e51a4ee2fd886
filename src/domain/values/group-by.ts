import { inOrderOf } from "./order.ts";
/** The values by a key, keys and values in the order in which they came. */
export function groupBy<Value, Key>(
  values: Iterable<Value>,
  keyOf: (value: Value) => Key,
): Map<Key, Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}

/** The values by each of their keys, keys in the order in which they first come. */
export function groupByEach<Key, Value>(
  values: Iterable<Value>,
  keysOf: (value: Value) => readonly Key[],
): Map<Key, Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const value of values) {
    for (const key of keysOf(value)) {
      const group = groups.get(key);
      if (group) group.push(value);
      else groups.set(key, [value]);
    }
  }
  return groups;
}

/** How many there are of each word, in the order of the words. */
export function countWords(words: readonly string[]): Record<string, number> {
  const counts = [...groupBy(words, (word) => word)].map(([word, all]) => [word, all.length] as const);
  return Object.fromEntries(counts.sort(inOrderOf(([name]) => name)));
}
