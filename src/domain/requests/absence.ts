import { type Away, awayOf } from "../sessions/away.ts";
import { type Presence, presenceOf } from "../sessions/presence.ts";
import type { Snapshot } from "../snapshot.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { formatAge, secondsBetween } from "../values/time.ts";
import type { Collaboration } from "./collaboration.ts";
import { isOpen } from "./moves.ts";

export interface Availability {
  readonly presence: Presence;
  /**
   * True when asking now makes sense: not offline, not saying that it is away or takes nothing, and few requests
   * waiting.
   */
  readonly available: boolean;
  /** What a score is multiplied by, from 0.5 to 1: half the relevance is never lifted over the whole. */
  readonly factor: number;
  readonly reasons: readonly string[];
}

const PRESENCE_FACTOR: Record<Presence, number> = { alive: 1, stale: 0.9, offline: 0.7 };
const BUSY_FACTOR = 0.9;
const LOAD_STEP = 0.05;
const MOST_LOAD = 4;
/** So many open requests are enough for one session. */
const FULL_LOAD = 3;

/** Words for a status that ask to be left alone. Any other (active, idle, ...) takes work. */
const BUSY = new Set([
  "away",
  "blocked",
  "busy",
  "closed",
  "completed",
  "completing",
  "done",
  "ended",
  "offline",
  "paused",
  "stopped",
  "unavailable",
]);

/**
 * Whether to ask a session now, from its last heartbeat, its hours, its status and how many open requests it has been
 * sent.
 */
export function weighAvailability(
  state: Pick<Snapshot, "settings" | "sessions" | "heartbeats">,
  session: { readonly id: SessionId; readonly status: string },
  load: ReadonlyMap<SessionId, number>,
  now: Instant,
): Availability {
  const [profile, heartbeat] = [state.sessions.get(session.id), state.heartbeats.get(session.id)];
  const lastHeartbeat = heartbeat?.last_heartbeat;
  const presence = presenceOf(heartbeat, now, state.settings);
  const requests = load.get(session.id) ?? 0;
  const away = profile && awayOf(profile, heartbeat, now);
  const isBusy = away !== undefined || BUSY.has(session.status);
  const loadFactor = 1 - LOAD_STEP * Math.min(requests, MOST_LOAD);
  return {
    presence,
    available: presence !== "offline" && !isBusy && requests < FULL_LOAD,
    factor: PRESENCE_FACTOR[presence] * loadFactor * (isBusy ? BUSY_FACTOR : 1),
    reasons: [
      describePresence(presence, lastHeartbeat, now),
      ...(isBusy ? [away?.reason ?? `status: ${session.status}`] : []),
      ...(requests > 0 ? [`${requests} open request${requests === 1 ? "" : "s"}`] : []),
    ],
  };
}

/** Why a session may not answer soon: by its own word, or because it is silent; null where it is there. */
export function absenceOf(
  state: Pick<Snapshot, "settings" | "sessions" | "heartbeats">,
  id: SessionId,
  now: Instant,
): Away | null {
  const [profile, heartbeat] = [state.sessions.get(id), state.heartbeats.get(id)];
  const away = profile && awayOf(profile, heartbeat, now);
  if (away) return away;
  const presence = presenceOf(heartbeat, now, state.settings);
  const reason = describePresence(presence, heartbeat?.last_heartbeat, now);
  return presence === "alive" ? null : { until: null, reason };
}

/** How many requests each session has been sent or has taken, and not ended. */
export function countLoad(collaborations: Iterable<Collaboration>): Map<SessionId, number> {
  const load = new Map<SessionId, number>();
  for (const collaboration of collaborations) {
    const { to_session } = collaboration;
    if (to_session !== null && isOpen(collaboration)) load.set(to_session, (load.get(to_session) ?? 0) + 1);
  }
  return load;
}

function describePresence(presence: Presence, lastHeartbeat: Instant | undefined, now: Instant): string {
  if (lastHeartbeat === undefined) return "offline, never seen";
  const age = secondsBetween(lastHeartbeat, now);
  if (presence === "stale" && age < 0) return "stale, its clock runs ahead";
  return presence === "offline" ? `offline since ${formatAge(age)}` : `${presence} ${formatAge(age)} ago`;
}
