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
   * Whether to ask the session now: true when it is not offline, not away or paused, without a busy status, and with
   * few open requests.
   */
  readonly available: boolean;
  /** The factor for a match score, from 0.5 to 1, so that half the relevance never ranks above full relevance. */
  readonly factor: number;
  readonly reasons: readonly string[];
}

const PRESENCE_FACTOR: Record<Presence, number> = { alive: 1, stale: 0.9, offline: 0.7 };
const BUSY_FACTOR = 0.9;
const LOAD_STEP = 0.05;
/** Maximum open requests that lower the factor. */
const MAX_COUNTED_LOAD = 4;
/** Open requests from which a session is not available for more. */
const FULL_LOAD = 3;

/** Statuses of a session that takes no requests. Any other status (active, idle, ...) takes work. */
const BUSY_STATUSES = new Set([
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
 * Whether to ask a session now, from its last heartbeat, its hours, its status and the number of open requests sent to
 * it.
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
  const isBusy = away !== undefined || BUSY_STATUSES.has(session.status);
  const loadFactor = 1 - LOAD_STEP * Math.min(requests, MAX_COUNTED_LOAD);
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

/** Why a session may not answer soon: it is away, or it has sent no recent heartbeat. Null when it is alive. */
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

/** The number of open requests that are addressed to each session or that it has accepted. */
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
