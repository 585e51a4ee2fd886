import { describeTime } from "../time/describe-time.ts";
import { type Hours, isWithin, nextOpening } from "../time/hours.ts";
import type { Interval } from "../time/interval.ts";
import { HoursFault, parseHours } from "../time/parse-hours.ts";
import { utc } from "../time/zone.ts";
import type { Instant } from "../values/instant.ts";
import { toInstant } from "../values/time.ts";
import type { Heartbeat, Profile } from "./session.ts";
import { wordOf } from "./state.ts";

/** The state of a session that takes nothing for now. */
export const PAUSED = "paused";

/** Why a session is not there, and until when; null where it did not say. */
export interface Away {
  readonly until: Instant | null;
  readonly reason: string;
}

/**
 * Why and until when a session says that it is not there; undefined where it is available: within its hours, or it
 * set none, and not paused.
 */
export function awayOf(profile: Profile, heartbeat: Heartbeat | undefined, now: Instant): Away | undefined {
  const hours = readHours(profile);
  const pause = pauseOf(profile, heartbeat, now);
  const at = Date.parse(now);
  if (!pause && (!hours || isWithin(hours, at))) return undefined;
  const word = pause ? PAUSED : "away";
  const back = pause ? pause.to : at;
  const until = hours && Number.isFinite(back) ? nextOpening(hours, back) : back;
  if (until === undefined || !Number.isFinite(until)) return { until: null, reason: word };
  return {
    until: toInstant(until),
    reason: `${word} until ${describeTime(until, hours?.zone ?? utc(), at)}`,
  };
}

/** The hours that a profile tells; undefined where it tells none, or none that can be read. */
export function readHours({ availability }: Profile): Hours | undefined {
  if (availability?.hours === undefined) return undefined;
  try {
    return parseHours(availability.hours);
  } catch (error) {
    if (error instanceof HoursFault) return undefined;
    throw error;
  }
}

/** Since when at the latest and until when a session is paused, where it is; one that did not say is so without end. */
export function pauseOf(
  profile: Profile,
  heartbeat: Heartbeat | undefined,
  now: Instant,
): Interval | undefined {
  const { status, status_until } = wordOf(profile, heartbeat, now);
  if (status !== PAUSED) return undefined;
  return {
    from: Math.min(Date.parse(profile.updated_at), Date.parse(now)),
    to: status_until === undefined ? Number.POSITIVE_INFINITY : Date.parse(status_until),
  };
}
