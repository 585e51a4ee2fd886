import type { Snapshot } from "../snapshot.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { compareTexts } from "../values/order.ts";
import { type Away, awayOf } from "./away.ts";
import { describeSession } from "./describe.ts";
import { openNeed } from "./need.ts";
import { isWorking, PRESENCE_ORDER, type Presence, presenceOf } from "./presence.ts";
import type { Heartbeat, Need, Profile } from "./session.ts";
import { PAUSED } from "./state.ts";

export interface SessionView {
  readonly id: SessionId;
  readonly name: string;
  readonly role: string;
  readonly status: string;
  readonly status_until: Instant | null;
  readonly presence: Presence;
  readonly current_work: string;
  readonly last_heartbeat: Instant | null;
  readonly specialization: readonly string[];
  /** Why the session is away; null when it is available. */
  readonly away: Away | null;
  /** Until when the session is away; null when it is not known. */
  readonly away_until: Instant | null;
  /** Whether the session is alive and has worked in the last minutes: it wrote, used a tool or changed files. */
  readonly working: boolean;
  /** When the session last worked; null when it has not, or when that is not known. */
  readonly worked_at: Instant | null;
  /** What it asks its human; null where that is nothing. */
  readonly needs: Need | null;
}

export interface SyncView {
  readonly sessions: readonly SessionView[];
  readonly summary: { total: number; active: number; idle: number; paused: number; offline: number };
}

/**
 * Every session, sorted by presence (alive first) and then by id. In the summary, `offline` counts by presence. The
 * other sessions are `idle` or `paused` if that is their status, else `active`, so the four add up to the total.
 */
export function sync(state: Pick<Snapshot, "settings" | "sessions" | "heartbeats">, now: Instant): SyncView {
  const sessions = [...state.sessions.values()]
    .map((profile) => viewSession(profile, state.heartbeats.get(profile.id), state, now))
    .sort((a, b) => PRESENCE_ORDER[a.presence] - PRESENCE_ORDER[b.presence] || compareTexts(a.id, b.id));
  const offline = sessions.filter(({ presence }) => presence === "offline").length;
  const withStatus = (word: string) =>
    sessions.filter(({ presence, status }) => presence !== "offline" && status === word).length;
  const [idle, paused] = [withStatus("idle"), withStatus(PAUSED)];
  const total = sessions.length;
  return { sessions, summary: { total, active: total - idle - paused - offline, idle, paused, offline } };
}

function viewSession(
  profile: Profile,
  heartbeat: Heartbeat | undefined,
  { settings }: Pick<Snapshot, "settings">,
  now: Instant,
): SessionView {
  const { id, name, role, status, status_until, current_work, specialization } = describeSession(
    profile.id,
    profile,
    heartbeat,
    now,
  );
  const away = awayOf(profile, heartbeat, now) ?? null;
  return {
    id,
    name,
    role,
    status,
    status_until: status_until ?? null,
    presence: presenceOf(heartbeat, now, settings),
    current_work,
    last_heartbeat: heartbeat?.last_heartbeat ?? null,
    specialization,
    away,
    away_until: away?.until ?? null,
    working: isWorking(heartbeat, now, settings),
    worked_at: heartbeat?.worked_at ?? null,
    needs: openNeed(profile, heartbeat, settings, now) ?? null,
  };
}
