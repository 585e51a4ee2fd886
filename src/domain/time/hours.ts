import { type Interval, joinIntervals } from "./interval.ts";
import { DAY, MINUTE, type Zone } from "./zone.ts";

/** Minutes of a day and of a week. */
export const DAY_MINUTES = 1440;
export const WEEK_MINUTES = 7 * DAY_MINUTES;

/** When a session is there every week, by the clocks of its zone. */
export interface Hours {
  readonly zone: Zone;
  /**
   * In minutes from Monday 00:00 on; in order, apart from each other, and none longer than a week. What goes beyond
   * Sunday goes on on Monday.
   */
  readonly spans: readonly Interval[];
}

export const ALWAYS: readonly Interval[] = [{ from: 0, to: WEEK_MINUTES }];

const WEEK = WEEK_MINUTES * MINUTE;
/** The first Monday of the epoch. */
const MONDAY = 4 * DAY;

/** Hours of windows in any order that may overlap. */
export function hoursOf(zone: Zone, windows: readonly Interval[]): Hours {
  return { zone, spans: joinRound(joinIntervals([...windows].sort((a, b) => a.from - b.from))) };
}

/** The end of a week joined with its beginning, where they touch. */
function joinRound(spans: readonly Interval[]): readonly Interval[] {
  const [first] = spans;
  const last = spans.at(-1);
  if (!first || !last) return spans;
  const monday = last.to - WEEK_MINUTES;
  if (last.to - last.from >= WEEK_MINUTES || (first === last && monday >= first.from)) return ALWAYS;
  if (monday < first.from) return spans;
  const both = { from: last.from, to: Math.max(last.to, first.to + WEEK_MINUTES) };
  return joinRound([...spans.slice(1, -1), both]);
}

/** Whether these are all hours there are. */
export function isAlways({ spans }: Hours): boolean {
  return spans.some(({ from, to }) => to - from === WEEK_MINUTES);
}

/** Whether the clocks of the zone show a time within the hours. */
export function isWithin({ zone, spans }: Hours, instant: number): boolean {
  const minute = minuteOfWeek(zone.wallAt(instant));
  return spans.some(({ from, to }) => (from <= minute && minute < to) || minute + WEEK_MINUTES < to);
}

/** What a wall time is in its week, in minutes from Monday 00:00 on. */
export function minuteOfWeek(wall: number): number {
  return (wall - mondayBefore(wall)) / MINUTE;
}

/**
 * When the hours are between two instants: exactly the instants that are within them, in order and apart. Where the
 * clocks are set back, what they show twice is there twice.
 */
export function openings({ zone, spans }: Hours, from: number, to: number): Interval[] {
  const pieces = zone.stretches(from, to).flatMap((stretch) =>
    occurrences(spans, stretch.from + stretch.offset, stretch.to + stretch.offset).map((wall) => ({
      from: Math.max(wall.from - stretch.offset, stretch.from),
      to: Math.min(wall.to - stretch.offset, stretch.to),
    })),
  );
  return joinIntervals(pieces.filter((piece) => piece.from < piece.to));
}

/** The first instant from `from` on that is within the hours; undefined when there is none in two weeks. */
export function nextOpening(hours: Hours, from: number): number | undefined {
  // Most are found soon; hours that the clocks skip once are there a week later.
  for (const days of [1, 4, 15]) {
    const [first] = openings(hours, from, from + days * DAY);
    if (first) return first.from;
  }
  return undefined;
}

/** The spans, as wall times, of every week that meets a stretch of wall time. */
function occurrences(spans: readonly Interval[], from: number, to: number): Interval[] {
  const found: Interval[] = [];
  for (let week = mondayBefore(from) - WEEK; week < to; week += WEEK)
    for (const span of spans) found.push({ from: week + span.from * MINUTE, to: week + span.to * MINUTE });
  return found;
}

/** The wall time at which the week of a wall time began. */
export function mondayBefore(wall: number): number {
  return MONDAY + Math.floor((wall - MONDAY) / WEEK) * WEEK;
}
