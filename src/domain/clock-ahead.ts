import type { Settings } from "./hub/settings.ts";
import type { Instant } from "./values/instant.ts";
import { secondsBetween } from "./values/time.ts";

/** The code of the error of an operation that a clock ahead of the hub's made. */
export const CLOCK_AHEAD = "clock_ahead";

/**
 * What the instant of an operation says about the clock that made it:
 * 1. plausible: a clock that is right can have made it;
 * 2. unproven: it is far after the hub's newest commit. A hub may be idle for days, so that alone proves nothing, but the
 *    time at the hub can;
 * 3. ahead: it is far after the time at the hub.
 */
export type ClockVerdict = "plausible" | "unproven" | "ahead";

/** Judges an operation's instant by the date of the hub's newest commit and, where it is known, by the time at the hub. */
export function judgeInstant(
  at: Instant,
  newestCommit: Instant | undefined,
  hubTime: Instant | undefined,
  { clocks }: Pick<Settings, "clocks">,
): ClockVerdict {
  const isFarAfter = (known: Instant) => secondsBetween(known, at) > clocks.max_ahead;
  if (newestCommit !== undefined && !isFarAfter(newestCommit)) return "plausible";
  if (hubTime === undefined) return "unproven";
  return isFarAfter(hubTime) ? "ahead" : "plausible";
}
