import type { Instant } from "../values/instant.ts";
import type { Heartbeat, Profile, Status } from "./session.ts";

/** The status and work that a session set for itself, and until when the status lasts, if it set an end. */
interface SessionState {
  readonly status: Status;
  readonly status_until?: Instant | undefined;
  readonly current_work: string;
}

/** The status of a session after its previous status has ended. */
export const ACTIVE: Status = "active";

/** The status of a session that takes no new requests for now. */
export const PAUSED: Status = "paused";

/** The state of a session at `now`, from its profile or its heartbeat, whichever is newer. */
export function stateOf(profile: Profile, heartbeat: Heartbeat | undefined, now: Instant): SessionState {
  const isNewer =
    heartbeat !== undefined && Date.parse(heartbeat.last_heartbeat) >= Date.parse(profile.updated_at);
  const { status, status_until, current_work } = isNewer ? heartbeat : profile;
  return hasEnded(status_until, now)
    ? { status: ACTIVE, current_work: profile.work_before_pause ?? current_work }
    : { status, status_until, current_work };
}

/** The profile with another status and its end. The end of the old status is removed, and the reason of a pause that ends. */
export function withState(profile: Profile, status: Status, until?: Instant): Profile {
  const { status_until: _, ...kept } = profile;
  const state = { status, ...(until === undefined ? {} : { status_until: until }) };
  return { ...(status === PAUSED ? kept : withWork(kept, kept.work_before_pause)), ...state };
}

/** The profile with other work, or the same where that is undefined, and no work to return to. */
export function withWork(profile: Profile, work: string | undefined): Profile {
  const { work_before_pause: _, ...kept } = profile;
  return { ...kept, current_work: work ?? profile.current_work };
}

/** The paused profile with the reason of its pause, which is its work until the pause ends. */
export function withReason(profile: Profile, reason: string): Profile {
  const { current_work, work_before_pause = current_work } = profile;
  return { ...profile, current_work: reason, work_before_pause };
}

/** The profile, with the status active if the end of its status has passed at `now`. */
export function withoutEndedStatus(profile: Profile, now: Instant): Profile {
  return hasEnded(profile.status_until, now) ? withState(profile, ACTIVE) : profile;
}

/** Whether the end of a status has passed at `now`; false without an end. */
export function hasEnded(until: Instant | undefined, now: Instant): boolean {
  return until !== undefined && Date.parse(until) <= Date.parse(now);
}
