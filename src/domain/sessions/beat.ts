import type { Settings } from "../hub/settings.ts";
import type { Instant } from "../values/instant.ts";
import { secondsBetween } from "../values/time.ts";
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

/** The heartbeat of a session that works at `at`. */
export function workingHeartbeat(profile: Profile, previous: Heartbeat | undefined, at: Instant): Heartbeat {
  return { ...nextHeartbeat(profile, previous, at), worked_at: at };
}

/** Whether the hub knows, but for the throttle, that a session is alive and, if it works, that it is working at `at`. */
export function isRecorded(
  { last_heartbeat, worked_at }: Heartbeat,
  works: boolean,
  at: Instant,
  { heartbeat: { throttle } }: Settings,
): boolean {
  const known = works ? [last_heartbeat, worked_at ?? undefined] : [last_heartbeat];
  return known.every((instant) => {
    // A heartbeat from the future shows a wrong clock, not a live session.
    const age = instant === undefined ? Number.POSITIVE_INFINITY : secondsBetween(instant, at);
    return age >= 0 && age < throttle;
  });
}

/**
 * The profile of an offline session that writes at `at`, and is active again by that; undefined where it is not offline.
 * What it wrote before it went offline, and what lands only now, does not bring it back.
 */
export function broughtBack(
  profile: Profile,
  previous: Heartbeat | undefined,
  at: Instant,
): Profile | undefined {
  const isGone = profile.status === OFFLINE || previous?.status === OFFLINE;
  const isLater = previous === undefined || secondsBetween(previous.last_heartbeat, at) >= 0;
  return isGone && isLater ? { ...withState(profile, ACTIVE), updated_at: at } : undefined;
}
