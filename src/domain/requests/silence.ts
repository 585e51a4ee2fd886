import type { Refusal } from "../refusal.ts";
import { pauseOf } from "../sessions/away.ts";
import { presenceOf } from "../sessions/presence.ts";
import type { Snapshot } from "../snapshot.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { toInstant } from "../values/time.ts";
import type { Collaboration } from "./collaboration.ts";
import { notOffline } from "./handover-refusals.ts";

type State = Pick<Snapshot, "settings" | "sessions" | "heartbeats">;

/**
 * From when on others may take over what a session has, or take it back: at once where it is offline, else when it has
 * been silent for `heartbeat.takeover_after`, but not while it is paused until a given instant.
 */
function takeableFrom(state: State, session: SessionId, now: Instant): Instant {
  const { settings, sessions, heartbeats } = state;
  const heartbeat = heartbeats.get(session);
  if (heartbeat === undefined || presenceOf(heartbeat, now, settings) === "offline") return now;
  const profile = sessions.get(session);
  const pause = profile && pauseOf(profile, heartbeat, now);
  const { offline_after, takeover_after } = settings.heartbeat;
  const silentFrom =
    Date.parse(heartbeat.last_heartbeat) + (Math.min(offline_after, takeover_after) + 1) * 1000;
  const backAt = pause && Number.isFinite(pause.to) ? pause.to : 0;
  return toInstant(Math.max(silentFrom, backAt));
}

export function isTakeable(state: State, session: SessionId, now: Instant): boolean {
  return Date.parse(takeableFrom(state, session, now)) <= Date.parse(now);
}

/** Why nothing, or this request, may be taken from a session yet; undefined where it may. */
export function refuseWhilePresent(
  state: State,
  session: SessionId,
  now: Instant,
  request?: Collaboration,
): Refusal | undefined {
  if (isTakeable(state, session, now)) return undefined;
  const presence = presenceOf(state.heartbeats.get(session), now, state.settings);
  return notOffline(session, presence, takeableFrom(state, session, now), request);
}

/** Why it was taken: `session-4 was last alive at 2026-01-31T12:00:00Z.` Undefined where that is not known. */
export function describeSilence(
  { heartbeats }: Pick<State, "heartbeats">,
  session: SessionId,
): string | undefined {
  const last = heartbeats.get(session)?.last_heartbeat;
  return last === undefined ? undefined : `${session} was last alive at ${last}.`;
}
