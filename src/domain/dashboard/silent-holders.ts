import { holdsSilently, type ListedSession } from "../activity/overview.ts";
import { isLive, sortClaims } from "../claims/overlap.ts";
import { isHeldBy } from "../requests/holder.ts";
import { isTakeable } from "../requests/silence.ts";
import type { Presence } from "../sessions/presence.ts";
import type { Snapshot } from "../snapshot.ts";
import type { ClaimKey, RequestId, SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { inOrderOf } from "../values/order.ts";
import { firstLine } from "../values/visible.ts";

/** A session that is silent while it holds something, so that others wait for it or cannot take it. */
export interface SilentHolder {
  readonly id: SessionId;
  readonly presence: Presence;
  readonly last_heartbeat: Instant | null;
  readonly work: string;
  readonly claims: readonly { readonly key: ClaimKey; readonly until: Instant }[];
  readonly requests: readonly { readonly id: RequestId; readonly from: SessionId; readonly text: string }[];
  /** The command that frees what it holds, or that asks it. */
  readonly next: string;
}

type State = Pick<Snapshot, "settings" | "sessions" | "heartbeats" | "collaborations" | "claims">;

/** The silent holders, the longest silent first. */
export function silentHolders(
  state: State,
  sessions: readonly ListedSession[],
  now: Instant,
): SilentHolder[] {
  return sessions
    .filter(holdsSilently)
    .map((session) => view(session, state, now))
    .sort((a, b) => silentFrom(a) - silentFrom(b));
}

function silentFrom({ last_heartbeat }: SilentHolder): number {
  return last_heartbeat === null ? 0 : Date.parse(last_heartbeat);
}

function view({ id, presence, last_heartbeat, current_work }: ListedSession, state: State, now: Instant) {
  const requests = [...state.collaborations.values()]
    .filter((request) => isHeldBy(request, id))
    .sort(inOrderOf(({ request_id }) => request_id));
  return {
    id,
    presence,
    last_heartbeat,
    work: firstLine(current_work, 120),
    claims: sortClaims(state.claims)
      .filter((claim) => claim.session === id && isLive(claim, now))
      .map(({ key, until }) => ({ key, until })),
    requests: requests.map(({ request_id, from_session, request }) => ({
      id: request_id,
      from: from_session,
      text: firstLine(request, 80),
    })),
    next: nextOf(id, presence, requests.length > 0 && isTakeable(state, id, now)),
  };
}

function nextOf(id: SessionId, presence: Presence, isTakeableNow: boolean): string {
  if (isTakeableNow) return `hive takeover ${id}`;
  return presence === "offline" ? `hive retire ${id}` : `hive send ${id} "Are you still at it?" --intent ask`;
}
