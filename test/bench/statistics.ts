/** The middle value; of an even number of them, the upper middle. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** The items in an order that differs from round to round, so that none profits from its place. */
export function rotated<Item>(items: readonly Item[], round: number): Item[] {
  const start = round % items.length;
  const turned = [...items.slice(start), ...items.slice(0, start)];
  return round % 2 === 0 ? turned : turned.reverse();
}
