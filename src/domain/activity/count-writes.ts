import type { LogEntry } from "../log.ts";
import type { Heartbeat } from "../sessions/session.ts";
import type { Snapshot } from "../snapshot.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { secondsBetween } from "../values/time.ts";

type Beating = Pick<Snapshot, "settings" | "heartbeats">;

/**
 * The state as of `now` in which each heartbeat is as new as its session's last write. Every write counts as a heartbeat,
 * but within `heartbeat.throttle` after the last one it leaves none in the hub: the log has it.
 */
export function countWrites<State extends Beating>(
  state: State,
  entries: readonly LogEntry[],
  now: Instant,
): State {
  const heartbeats = new Map(state.heartbeats);
  for (const { op, session, at } of entries) {
    const id = session as SessionId;
    const known = heartbeats.get(id);
    if (op === null || known === undefined || secondsBetween(at, now) < 0) continue;
    if (isThrottled(state.heartbeats.get(id), at, state) && known.last_heartbeat < at)
      heartbeats.set(id, { ...known, last_heartbeat: at });
  }
  return { ...state, heartbeats };
}

/** Whether a write at an instant left no heartbeat, because the last one was recent. Any other gap has another cause. */
function isThrottled(last: Heartbeat | undefined, at: Instant, { settings }: Beating): boolean {
  const age = last === undefined ? -1 : secondsBetween(last.last_heartbeat, at);
  return age >= 0 && age <= settings.heartbeat.throttle;
}
