const MIN_PAUSE_MS = 2000;
const MAX_PAUSE_MS = 30_000;
const GROWTH = 1.5;
const JITTER = 0.25;

/**
 * Returns how many milliseconds to wait before the hub is asked again: 2 s after a poll with news, up to 30 s after
 * many polls in a row (`misses`) without news. `random`, from 0 up to 1, spreads the polls of many sessions.
 */
export function pollPause(misses: number, random: number): number {
  const steady = Math.min(MIN_PAUSE_MS * GROWTH ** misses, MAX_PAUSE_MS / (1 + JITTER));
  return Math.round(steady * (1 + JITTER * random));
}
