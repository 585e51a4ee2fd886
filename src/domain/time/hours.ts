import { type Interval, joinIntervals } from "./interval.ts";
import { DAY_MS, MINUTE_MS, type Zone } from "./zone.ts";

/** Minutes of a day and of a week. */
export const DAY_MINUTES = 1440;
export const WEEK_MINUTES = 7 * DAY_MINUTES;

/** The times of the week at which a session is available, in the wall time of its zone. */
export interface Hours {
  readonly zone: Zone;
  /**
   * In minutes since Monday 00:00: sorted, without overlap or contact, each at most a week long. A span that goes
   * beyond Sunday continues on Monday.
   */
  readonly spans: readonly Interval[];
}

export const ALWAYS: readonly Interval[] = [{ from: 0, to: WEEK_MINUTES }];

const WEEK_MS = WEEK_MINUTES * MINUTE_MS;
/** The first Monday of the epoch, in milliseconds. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

/** The hours of some windows, which may be in any order and may overlap. */
export function hoursOf(zone: Zone, windows: readonly Interval[]): Hours {
  return { zone, spans: joinRound(joinIntervals([...windows].sort((a, b) => a.from - b.from))) };
}

/** Joins the last span of the week with the first when they touch. */
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

/** Whether the hours cover the whole week. */
export function isAlways({ spans }: Hours): boolean {
  return spans.some(({ from, to }) => to - from === WEEK_MINUTES);
}

/** Whether the wall time in the zone is within the hours. */
export function isWithin({ zone, spans }: Hours, instant: number): boolean {
  const minute = minuteOfWeek(zone.wallAt(instant));
  return spans.some(({ from, to }) => (from <= minute && minute < to) || minute + WEEK_MINUTES < to);
}

/** The minutes from Monday 00:00 of its week to a wall time. */
export function minuteOfWeek(wall: number): number {
  return (wall - mondayBefore(wall)) / MINUTE_MS;
}

/**
 * The intervals between two instants that are within the hours, sorted and not touching. When the clocks are set back,
 * a time that they show twice is included twice.
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

/** The first instant at or after `from` that is within the hours; undefined when none is within 15 days. */
export function nextOpening(hours: Hours, from: number): number | undefined {
  // Most searches end early. Hours that a clock change skips come again a week later.
  for (const days of [1, 4, 15]) {
    const [first] = openings(hours, from, from + days * DAY_MS);
    if (first) return first.from;
  }
  return undefined;
}

/** The spans, as wall times, of every week that overlaps an interval of wall time. */
function occurrences(spans: readonly Interval[], from: number, to: number): Interval[] {
  const found: Interval[] = [];
  for (let week = mondayBefore(from) - WEEK_MS; week < to; week += WEEK_MS)
    for (const span of spans)
      found.push({ from: week + span.from * MINUTE_MS, to: week + span.to * MINUTE_MS });
  return found;
}

/** The Monday 00:00 at which the week of a wall time began. */
export function mondayBefore(wall: number): number {
  return FIRST_MONDAY_MS + Math.floor((wall - FIRST_MONDAY_MS) / WEEK_MS) * WEEK_MS;
}
