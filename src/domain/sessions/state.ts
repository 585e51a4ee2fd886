import type { Instant } from "../values/instant.ts";
import type { Heartbeat, Profile, Status } from "./session.ts";

/** What a session says of itself, and until when that state lasts where it said so. */
interface Word {
  readonly status: Status;
  readonly status_until?: Instant | undefined;
  readonly current_work: string;
}

/** What a session is after the instant until which it wanted to be something else. */
export const ACTIVE: Status = "active";

/** The newest word of a session, from its profile or its heartbeat, as it holds at `now`. */
export function wordOf(profile: Profile, heartbeat: Heartbeat | undefined, now: Instant): Word {
  const isNewer =
    heartbeat !== undefined && Date.parse(heartbeat.last_heartbeat) >= Date.parse(profile.updated_at);
  const { status, status_until, current_work } = isNewer ? heartbeat : profile;
  return isOver(status_until, now)
    ? { status: ACTIVE, current_work }
    : { status, status_until, current_work };
}

/** The profile with another state: until when the old one was to last goes with it. */
export function withState(profile: Profile, status: Status, until?: Instant): Profile {
  const { status_until: _, ...kept } = profile;
  return { ...kept, status, ...(until === undefined ? {} : { status_until: until }) };
}

/** The profile without a state that is over by `now`: the session is active again by its own word. */
export function withoutPast(profile: Profile, now: Instant): Profile {
  return isOver(profile.status_until, now) ? withState(profile, ACTIVE) : profile;
}

/** Whether a state that was to last until an instant is over by `now`; without one it lasts. */
export function isOver(until: Instant | undefined, now: Instant): boolean {
  return until !== undefined && Date.parse(until) <= Date.parse(now);
}
