import type { Instant } from "../values/instant.ts";
import { OFFLINE } from "./presence.ts";
import type { Heartbeat, Profile } from "./session.ts";
import { ACTIVE, withState } from "./state.ts";

/** The heartbeat of a session at `at`, from its profile; unknown keys of the previous heartbeat are kept. */
export function nextHeartbeat(profile: Profile, previous: Heartbeat | undefined, at: Instant): Heartbeat {
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
 * The profile of a session that is writing now. A session that expired after a long silence becomes active again. A
 * session that set itself offline, which its heartbeat shows, stays offline.
 */
export function revive(profile: Profile, previous: Heartbeat | undefined): Profile {
  const wasExpired = profile.status === OFFLINE && previous?.status !== OFFLINE;
  return wasExpired ? withState(profile, ACTIVE) : profile;
}
