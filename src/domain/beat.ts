import type { Instant } from "./instant.ts";
import { OFFLINE } from "./presence.ts";
import type { Heartbeat, Profile, Status } from "./session.ts";

/** The heartbeat a session sends at `at`, from what its profile says and what it adds. */
export function beat(profile: Profile, previous: Heartbeat | undefined, at: Instant): Heartbeat {
  return {
    ...previous,
    session_id: profile.id,
    name: profile.name,
    status: profile.status,
    last_heartbeat: at,
    capabilities_offered: profile.capabilities_offered,
    current_work: profile.current_work,
  };
}

/**
 * The profile with the status of a session that has just given a sign of life. One that was taken for offline after
 * a long silence is active again; one that said so itself (its heartbeat tells) stays as it is.
 */
export function revive(profile: Profile, previous: Heartbeat | undefined): Profile {
  const wasExpired = profile.status === OFFLINE && previous?.status !== OFFLINE;
  return wasExpired ? { ...profile, status: ACTIVE } : profile;
}

const ACTIVE: Status = "active";
