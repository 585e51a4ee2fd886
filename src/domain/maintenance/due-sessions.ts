import { isOpen } from "../requests/moves.ts";
import { pauseOf } from "../sessions/away.ts";
import { isUnused, presenceOf, silentSince } from "../sessions/presence.ts";
import type { Profile } from "../sessions/session.ts";
import type { Snapshot } from "../snapshot.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { inOrderOf } from "../values/order.ts";
import { secondsBetween } from "../values/time.ts";

type State = Pick<Snapshot, "settings" | "sessions" | "heartbeats" | "collaborations" | "claims">;

/**
 * The sessions that `expire` retires at an instant: those that were silent for `sessions.retire_after`, and those that a
 * coding tool started, that did nothing and hold nothing, and were silent for `sessions.retire_unused_after`.
 */
export function dueSessions(state: State, now: Instant): Profile[] {
  const { retire_after, retire_unused_after } = state.settings.sessions;
  const unused = new Set(unusedSessions(state).map(({ id }) => id));
  return [
    ...silentSessions(state, retire_after, now),
    ...silentSessions(state, retire_unused_after, now).filter(({ id }) => unused.has(id)),
  ]
    .filter((profile, index, all) => all.indexOf(profile) === index)
    .sort(inOrderOf(({ id }) => id));
}

/** The offline sessions that were silent for some seconds. One that is paused until a later instant is not among them. */
export function silentSessions(state: State, seconds: number, now: Instant): Profile[] {
  const { settings, sessions, heartbeats } = state;
  return [...sessions.values()]
    .filter((profile) => {
      const heartbeat = heartbeats.get(profile.id);
      const pause = pauseOf(profile, heartbeat, now);
      const isExpected = pause !== undefined && Number.isFinite(pause.to);
      return (
        !isExpected &&
        presenceOf(heartbeat, now, settings) === "offline" &&
        secondsBetween(silentSince(profile, heartbeat), now) > seconds
      );
    })
    .sort(inOrderOf(({ id }) => id));
}

/** The sessions that a coding tool started, that did nothing and hold nothing, and for which no request is open. */
export function unusedSessions({ sessions, heartbeats, collaborations, claims }: State): Profile[] {
  const busy = new Set<SessionId | null>([...claims.values()].map(({ session }) => session));
  for (const request of collaborations.values())
    if (isOpen(request)) busy.add(request.from_session).add(request.to_session);
  return [...sessions.values()].filter(
    (profile) => isUnused(profile, heartbeats.get(profile.id)) && !busy.has(profile.id),
  );
}
