import type { Settings } from "../hub/settings.ts";
import type { Instant } from "../values/instant.ts";
import { secondsBetween } from "../values/time.ts";
import type { Heartbeat } from "./session.ts";
import { isOver } from "./state.ts";

type Beat = Pick<Heartbeat, "last_heartbeat" | "status" | "status_until">;

export type Presence = "alive" | "stale" | "offline";

/** Also the status that a session is given after a long silence. */
export const OFFLINE = "offline";

/** Whoever is there comes first in every list. */
export const PRESENCE_ORDER: Record<Presence, number> = { alive: 0, stale: 1, offline: 2 };

/** How far ahead of the reader's clock an instant may be and still count. */
export const CLOCK_TOLERANCE_SECONDS = 600;

/**
 * Whether a session is there, from its last heartbeat alone, as the reader's clock has it. One that says it leaves is
 * gone at once, until the instant it named if it did. One from the future beyond the tolerance proves a wrong clock,
 * not a live session: stale.
 */
export function presenceOf(heartbeat: Beat | undefined, now: Instant, settings: Settings): Presence {
  if (heartbeat === undefined) return "offline";
  const { status, status_until, last_heartbeat } = heartbeat;
  const isGone = status === OFFLINE && !isOver(status_until, now);
  return isGone ? "offline" : presenceByAge(last_heartbeat, now, settings);
}

/** The same by time alone, whatever the session said of itself. */
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
