import { isLive } from "../claims/overlap.ts";
import { unusedSessions } from "../maintenance/due-sessions.ts";
import { isHeld } from "../requests/holder.ts";
import { type SessionView, type SyncView, sync } from "../sessions/overview.ts";
import { PRESENCE_ORDER } from "../sessions/presence.ts";
import type { Snapshot } from "../snapshot.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";

/** A session, and what the others would wait for if it is gone. */
export interface ListedSession extends SessionView {
  /** How many live claims and accepted requests it holds. */
  readonly holds: { readonly claims: number; readonly requests: number };
  /** A coding tool started it, it did nothing, it holds nothing, and it is offline. */
  readonly unused: boolean;
}

export interface Overview {
  readonly sessions: readonly ListedSession[];
  /** `working` counts sessions that worked in the last minutes, and `holding` those that are silent and hold something. */
  readonly summary: SyncView["summary"] & { readonly working: number; readonly holding: number };
}

type State = Pick<Snapshot, "settings" | "sessions" | "heartbeats" | "collaborations" | "claims">;

/**
 * Every session and what it holds. Sorted by presence (alive first), then those that hold something while they are silent,
 * and the unused ones last; then by id.
 */
export function overview(state: State, now: Instant): Overview {
  const { sessions, summary } = sync(state, now);
  const claims = countBy(
    [...state.claims.values()].filter((claim) => isLive(claim, now)),
    ({ session }) => session,
  );
  const requests = countBy(
    [...state.collaborations.values()].filter(({ status }) => isHeld(status)),
    ({ to_session }) => to_session,
  );
  const unused = new Set(unusedSessions(state).map(({ id }) => id));
  const listed = sessions.map((session) => ({
    ...session,
    holds: { claims: claims.get(session.id) ?? 0, requests: requests.get(session.id) ?? 0 },
    unused: session.presence === "offline" && unused.has(session.id),
  }));
  listed.sort((a, b) => PRESENCE_ORDER[a.presence] - PRESENCE_ORDER[b.presence] || rankOf(a) - rankOf(b));
  const working = listed.filter(({ working }) => working).length;
  return { sessions: listed, summary: { ...summary, working, holding: listed.filter(holdsSilently).length } };
}

/** Whether a session is not alive and holds something, so that others wait for it or cannot take it. */
export function holdsSilently({ presence, holds }: Pick<ListedSession, "presence" | "holds">): boolean {
  return presence !== "alive" && holds.claims + holds.requests > 0;
}

/** Sorting is stable, so sessions of the same rank stay in the order of their ids. */
function rankOf(session: ListedSession): number {
  if (session.unused) return 2;
  return holdsSilently(session) ? 0 : 1;
}

function countBy<Value>(
  values: readonly Value[],
  keyOf: (value: Value) => SessionId | null,
): Map<SessionId | null, number> {
  const counts = new Map<SessionId | null, number>();
  for (const value of values) counts.set(keyOf(value), (counts.get(keyOf(value)) ?? 0) + 1);
  return counts;
}
