import type { Settings } from "../hub/settings.ts";
import type { Instant } from "../values/instant.ts";
import { secondsBetween } from "../values/time.ts";
import type { Heartbeat, Profile } from "./session.ts";
import { hasEnded } from "./state.ts";

type LastHeartbeat = Pick<Heartbeat, "last_heartbeat" | "status" | "status_until">;

export type Presence = "alive" | "stale" | "offline";

/** The status of a session that left, and of one that expired after a long silence. */
export const OFFLINE = "offline";

/** Sort keys that put live sessions first in every list. */
export const PRESENCE_ORDER: Record<Presence, number> = { alive: 0, stale: 1, offline: 2 };

/** How far a heartbeat may be ahead of the reader's clock and still count as alive. */
export const CLOCK_TOLERANCE_SECONDS = 600;

/**
 * The presence of a session, from its last heartbeat and the reader's clock. A session that set itself offline is
 * offline at once, until the instant it gave, if any. A heartbeat further in the future than the tolerance makes the
 * session stale, because it shows a wrong clock, not a live session.
 */
export function presenceOf(heartbeat: LastHeartbeat | undefined, now: Instant, settings: Settings): Presence {
  if (heartbeat === undefined) return "offline";
  const { status, status_until, last_heartbeat } = heartbeat;
  const isGone = status === OFFLINE && !hasEnded(status_until, now);
  return isGone ? "offline" : presenceByAge(last_heartbeat, now, settings);
}

/** For how long after its last work a session counts as working, in seconds. A heartbeat reaches the hub minutes late. */
const WORKING_SECONDS = 600;

/** Whether a session is alive and has worked in the last minutes: it wrote, used a tool or changed files. */
export function isWorking(heartbeat: Heartbeat | undefined, now: Instant, settings: Settings): boolean {
  const at = heartbeat?.worked_at ?? undefined;
  return (
    at !== undefined &&
    presenceOf(heartbeat, now, settings) === "alive" &&
    secondsBetween(at, now) <= WORKING_SECONDS
  );
}

/** Since when a session has been silent. Expiring removes its heartbeat and changes its profile, at most a day later. */
export function silentSince({ updated_at }: Profile, heartbeat: LastHeartbeat | undefined): Instant {
  return heartbeat?.last_heartbeat ?? updated_at;
}

/** Whether a coding tool started a session that has not worked since; false where that is not known. */
export function isUnused({ registration }: Profile, heartbeat: Heartbeat | undefined): boolean {
  return registration !== undefined && heartbeat?.worked_at === null;
}

/** The presence by the age of the last heartbeat alone, without regard to the session's status. */
export function presenceByAge(
  lastHeartbeat: Instant | undefined,
  now: Instant,
  settings: Settings,
): Presence {
  if (lastHeartbeat === undefined) return "offline";
  const age = secondsBetween(lastHeartbeat, now);
  if (age > settings.heartbeat.offline_after) return "offline";
  if (age > settings.heartbeat.alive_after || age < -CLOCK_TOLERANCE_SECONDS) return "stale";
  return "alive";
}
