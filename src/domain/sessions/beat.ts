import type { Instant } from "../values/instant.ts";
import { OFFLINE } from "./presence.ts";
import type { Heartbeat, Profile } from "./session.ts";
import { ACTIVE, withState } from "./state.ts";

/** The heartbeat a session sends at `at`, from what its profile says and what it adds. */
export function beat(profile: Profile, previous: Heartbeat | undefined, at: Instant): Heartbeat {
  const { status_until: _, ...kept } = previous ?? {};
  return {
    ...kept,
    session_id: profile.id,
    name: profile.name,
    status: profile.status,
    ...(profile.status_until === undefined ? {} : { status_until: profile.status_until }),
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
  return wasExpired ? withState(profile, ACTIVE) : profile;
}
