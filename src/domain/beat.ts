import type { Instant } from "./instant.ts";
import type { Heartbeat, Profile } from "./session.ts";

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
