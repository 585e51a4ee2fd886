/** The distribution of some durations, in seconds; percentiles are null if there are none. */
export interface Spread {
  readonly count: number;
  readonly p50: number | null;
  readonly p90: number | null;
}

/**
 * Percentiles by nearest rank: the smallest value that at least this percentage of the values does not exceed. The
 * result is always one of the values, never interpolated.
 */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const percentile = (percent: number) => sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? null;
  return { count: sorted.length, p50: percentile(50), p90: percentile(90) };
}
