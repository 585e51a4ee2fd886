import { timetable } from "../sessions/timetable.ts";
import type { Snapshot } from "../snapshot.ts";
import { DAY_MS, MINUTE_MS, type Zone } from "../time/zone.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";

/** An interval of a day, in minutes of its clocks from midnight. */
type Minutes = readonly [from: number, to: number];

/** This week from Monday, in a zone: when each session that has hours or is away is available. */
export interface WeekView {
  readonly zone: string;
  readonly days: readonly string[];
  /** The index of the current day, and the minute of it. */
  readonly now: readonly [day: number, minute: number];
  readonly sessions: readonly {
    readonly id: SessionId;
    readonly hours: string | null;
    readonly away: string | null;
    readonly days: readonly (readonly Minutes[])[];
  }[];
  /** The sessions without hours that are not away. They are available at all times. */
  readonly always: readonly SessionId[];
}

type State = Pick<Snapshot, "settings" | "sessions" | "heartbeats">;

/** Sessions that are offline and have no hours are left out: nobody expects them. */
export function weekView(state: State, zone: Zone, now: Instant): WeekView {
  const { days, sessions } = timetable(state, state.sessions.values(), { zone, isWeek: true }, now);
  const isAlways = ({ hours, away }: (typeof sessions)[number]) => hours === null && away === null;
  const wallOf = (instant: Instant) => zone.wallAt(Date.parse(instant));
  const minuteIn = (date: string, instant: Instant) =>
    Math.round(Math.min(Math.max(wallOf(instant) - Date.parse(date), 0), DAY_MS) / MINUTE_MS);
  const today = days.findIndex(({ from, to }) => from <= now && now < to);
  return {
    zone: zone.name,
    days: days.map(({ date }) => date),
    now: [today, minuteIn(days[today]?.date ?? now, now)],
    sessions: sessions
      .filter((row) => !isAlways(row))
      .map(({ id, hours, away, open }) => ({
        id,
        hours,
        away: away?.reason ?? null,
        days: days.map(({ date, from, to }) =>
          open
            .filter((part) => part.from < to && from < part.to)
            .map((part): Minutes => [minuteIn(date, part.from), minuteIn(date, part.to)]),
        ),
      })),
    always: sessions.filter((row) => isAlways(row) && row.presence !== "offline").map(({ id }) => id),
  };
}
