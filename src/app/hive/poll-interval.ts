const SHORTEST_MS = 2000;
const LONGEST_MS = 30_000;
const GROWTH = 1.5;
const JITTER = 0.25;

/**
 * How long to wait, in milliseconds, before the hub is asked again whether anything came: from 2 s after a look that
 * brought something to 30 s after many in a row (`misses`) that did not. `random`, from 0 up to 1, spreads those who wait.
 */
export function pollPause(misses: number, random: number): number {
  const steady = Math.min(SHORTEST_MS * GROWTH ** misses, LONGEST_MS / (1 + JITTER));
  return Math.round(steady * (1 + JITTER * random));
}
