/** A stretch of numbers, as of time; its end is outside of it. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** Intervals in order of their beginning as the fewest that cover the same. */
export function joinIntervals(intervals: readonly Interval[]): Interval[] {
  const joined: Interval[] = [];
  for (const { from, to } of intervals) {
    const last = joined.at(-1);
    if (last && from <= last.to) joined.splice(-1, 1, { from: last.from, to: Math.max(last.to, to) });
    else joined.push({ from, to });
  }
  return joined;
}

/** What is left of intervals without one. */
export function withoutInterval(intervals: readonly Interval[], taken: Interval): Interval[] {
  return intervals
    .flatMap(({ from, to }) => [
      { from, to: Math.min(to, taken.from) },
      { from: Math.max(from, taken.to), to },
    ])
    .filter(({ from, to }) => from < to);
}
