import { describeTime } from "../time/describe-time.ts";
import { type Hours, isWithin, nextOpening } from "../time/hours.ts";
import type { Interval } from "../time/interval.ts";
import { HoursFault, parseHours } from "../time/parse-hours.ts";
import { utc } from "../time/zone.ts";
import type { Instant } from "../values/instant.ts";
import { toInstant } from "../values/time.ts";
import type { Heartbeat, Profile } from "./session.ts";
import { PAUSED, stateOf } from "./state.ts";

/** Why a session is away, and until when; `until` is null when it is not known. */
export interface Away {
  readonly until: Instant | null;
  readonly reason: string;
}

/**
 * Why and until when a session is away by its own statement. Undefined when it is available: not paused, and within its
 * hours or without hours.
 */
export function awayOf(profile: Profile, heartbeat: Heartbeat | undefined, now: Instant): Away | undefined {
  const hours = readHours(profile);
  const pause = pauseOf(profile, heartbeat, now);
  const at = Date.parse(now);
  if (!pause && (!hours || isWithin(hours, at))) return undefined;
  const state = pause ? PAUSED : "away";
  const back = pause ? pause.to : at;
  const until = hours && Number.isFinite(back) ? nextOpening(hours, back) : back;
  if (until === undefined || !Number.isFinite(until)) return { until: null, reason: state };
  return {
    until: toInstant(until),
    reason: `${state} until ${describeTime(until, hours?.zone ?? utc(), at)}`,
  };
}

/** The hours of a profile; undefined when it has none, or when they are invalid. */
export function readHours({ availability }: Profile): Hours | undefined {
  if (availability?.hours === undefined) return undefined;
  try {
    return parseHours(availability.hours);
  } catch (error) {
    if (error instanceof HoursFault) return undefined;
    throw error;
  }
}

/**
 * The interval in which a session is paused, which began no later than `now` and is endless without a given end;
 * undefined when the session is not paused.
 */
export function pauseOf(
  profile: Profile,
  heartbeat: Heartbeat | undefined,
  now: Instant,
): Interval | undefined {
  const { status, status_until } = stateOf(profile, heartbeat, now);
  if (status !== PAUSED) return undefined;
  return {
    from: Math.min(Date.parse(profile.updated_at), Date.parse(now)),
    to: status_until === undefined ? Number.POSITIVE_INFINITY : Date.parse(status_until),
  };
}
