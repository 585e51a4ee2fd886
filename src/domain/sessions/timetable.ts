import type { Snapshot } from "../snapshot.ts";
import { dateOf } from "../time/describe-time.ts";
import { mondayBefore, openings } from "../time/hours.ts";
import { type Interval, withoutInterval } from "../time/interval.ts";
import { printHours } from "../time/print-hours.ts";
import { DAY_MS, type Zone } from "../time/zone.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { compareTexts } from "../values/order.ts";
import { toInstant } from "../values/time.ts";
import { type Away, awayOf, pauseOf, readHours } from "./away.ts";
import { PRESENCE_ORDER, type Presence, presenceOf } from "./presence.ts";
import type { Heartbeat, Profile } from "./session.ts";

/** An interval of time; `to` is excluded. */
interface Opening {
  readonly from: Instant;
  readonly to: Instant;
}

export interface TimetableRow {
  readonly id: SessionId;
  readonly name: string;
  readonly presence: Presence;
  /** Whether the session is available now: not away by its own statement, and not offline. */
  readonly available: boolean;
  readonly away: Away | null;
  /** Null when the session set none and is therefore always available. */
  readonly hours: string | null;
  /** The intervals in which the session is available, in order. */
  readonly open: readonly Opening[];
}

export interface TimetableView {
  readonly at: Instant;
  readonly zone: string;
  readonly days: readonly (Opening & { readonly date: string })[];
  readonly sessions: readonly TimetableRow[];
}
type State = Pick<Snapshot, "settings" | "sessions" | "heartbeats">;

/** Today, or this week from Monday, in a zone. */
export interface Span {
  readonly zone: Zone;
  readonly isWeek: boolean;
}

/** When the given sessions are available. Sessions that are available now come first, then by presence and id. */
export function timetable(
  state: State,
  profiles: Iterable<Profile>,
  { zone, isWeek }: Span,
  now: Instant,
): TimetableView {
  const days = isWeek ? weekOf(zone, Date.parse(now), 7) : [wholeDay(zone, zone.wallAt(Date.parse(now)))];
  const span = { from: days[0]?.from ?? 0, to: days.at(-1)?.to ?? 0 };
  const sessions = [...profiles]
    .map((profile) => toRow(state, profile, span, now))
    .sort(
      (a, b) =>
        Number(b.available) - Number(a.available) ||
        PRESENCE_ORDER[a.presence] - PRESENCE_ORDER[b.presence] ||
        compareTexts(a.id, b.id),
    );
  const shown = days.map(({ date, ...day }) => ({ date, ...toOpening(day) }));
  return { at: now, zone: zone.name, days: shown, sessions };
}

/** `count` days in a zone, from the Monday of this week. */
export function weekOf(zone: Zone, now: number, count: number): (Interval & { date: string })[] {
  const monday = mondayBefore(zone.wallAt(now));
  return [...Array(count).keys()].map((day) => wholeDay(zone, monday + day * DAY_MS));
}

/** The day of a wall time, from its first instant to the first instant of the next day. */
function wholeDay(zone: Zone, wall: number): Interval & { date: string } {
  const day = Math.floor(wall / DAY_MS);
  return { date: dateOf(wall), from: zone.instantOf(day * DAY_MS), to: zone.instantOf((day + 1) * DAY_MS) };
}

function toRow(state: State, profile: Profile, span: Interval, now: Instant): TimetableRow {
  const { id, name } = profile;
  const heartbeat = state.heartbeats.get(id);
  const presence = presenceOf(heartbeat, now, state.settings);
  const [hours, away] = [readHours(profile), awayOf(profile, heartbeat, now) ?? null];
  return {
    id,
    name,
    presence,
    available: away === null && presence !== "offline",
    away,
    hours: hours ? printHours(hours) : null,
    open: openIn(profile, heartbeat, span, now).map(toOpening),
  };
}

/** The session's hours within an interval, without its pause. */
function openIn(
  profile: Profile,
  heartbeat: Heartbeat | undefined,
  { from, to }: Interval,
  now: Instant,
): Interval[] {
  const hours = readHours(profile);
  const open = hours ? openings(hours, from, to) : [{ from, to }];
  const pause = pauseOf(profile, heartbeat, now);
  return pause ? withoutInterval(open, pause) : open;
}

function toOpening({ from, to }: Interval): Opening {
  return { from: toInstant(from), to: toInstant(to) };
}
