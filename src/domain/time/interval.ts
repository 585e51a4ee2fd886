/** An interval of numbers, such as times; `to` is excluded. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** The fewest intervals that cover the same numbers. The input must be sorted by `from`. */
export function joinIntervals(intervals: readonly Interval[]): Interval[] {
  const joined: Interval[] = [];
  for (const { from, to } of intervals) {
    const last = joined.at(-1);
    if (last && from <= last.to) joined.splice(-1, 1, { from: last.from, to: Math.max(last.to, to) });
    else joined.push({ from, to });
  }
  return joined;
}

/** The intervals with one interval cut out. */
export function withoutInterval(intervals: readonly Interval[], taken: Interval): Interval[] {
  return intervals
    .flatMap(({ from, to }) => [
      { from, to: Math.min(to, taken.from) },
      { from: Math.max(from, taken.to), to },
    ])
    .filter(({ from, to }) => from < to);
}
