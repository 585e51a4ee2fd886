import { DAY_MINUTES, type Hours, mondayBefore } from "./hours.ts";
import { type Interval, joinIntervals } from "./interval.ts";
import { DAY_MS, MINUTE_MS, type Zone } from "./zone.ts";

/** The same window on some days of every week, as calendars state it: where it first begins, and on which days. */
export interface WeeklyRule {
  readonly zone: Zone;
  /** The first window, in wall time. */
  readonly first: Interval;
  /** From Monday 0 to Sunday 6. */
  readonly days: readonly number[];
  /** The starts, in wall time, of windows that a clock change skips wholly. */
  readonly skipped: readonly number[];
  /** Windows that a clock change makes longer or shorter: the start in wall time, and the instants that hold instead. */
  readonly moved: readonly { readonly start: number; readonly instead: Interval }[];
  /** Instants of the second part of windows that a clock change cuts in two. */
  readonly extra: readonly Interval[];
}

const WEEK_MS = 7 * DAY_MS;
/** How far a window and a clock change may be apart, in wall time, so that the one can touch the other. */
const REACH_MS = WEEK_MS + DAY_MS;

/**
 * The weekly hours as rules of a calendar, from the week before an instant on. A calendar repeats a window with the same
 * duration, so windows that a clock change touches are stated one by one, as far as `span` goes.
 */
export function weeklyRules({ zone, spans }: Hours, span: Interval): WeeklyRule[] {
  const groups = new Map<string, number[]>();
  for (const { from, to } of spans) {
    const window = `${from % DAY_MINUTES} ${to - from}`;
    groups.set(window, [...(groups.get(window) ?? []), Math.floor(from / DAY_MINUTES)]);
  }
  return [...groups].map(([window, days]) => {
    const [start = 0, length = 0] = window.split(" ").map((minutes) => Number(minutes) * MINUTE_MS);
    return ruleOf(zone, days, { from: start, to: start + length }, span);
  });
}

function ruleOf(zone: Zone, days: readonly number[], window: Interval, span: Interval): WeeklyRule {
  const shift = (by: number): Interval => ({ from: window.from + by, to: window.to + by });
  const weekOf = (monday: number) => days.map((day) => shift(monday + day * DAY_MS));
  let monday = mondayBefore(zone.wallAt(span.from)) - WEEK_MS;
  // A calendar takes the duration of the first window for that of all.
  while (weekOf(monday).some((each) => !isRegular(zone, each))) monday -= WEEK_MS;
  const [first = window] = weekOf(monday);
  const touched = mondaysOfChanges(zone, zone.instantOf(monday), span.to)
    .flatMap(weekOf)
    .filter((each) => each.from >= first.from && !isRegular(zone, each))
    .map((each) => ({ start: each.from, parts: instantsOf(zone, each) }));
  return {
    zone,
    first,
    days,
    skipped: touched.filter(({ parts }) => parts.length === 0).map(({ start }) => start),
    moved: touched.flatMap(({ start, parts: [instead] }) => (instead ? [{ start, instead }] : [])),
    extra: touched.flatMap(({ parts }) => parts.slice(1)),
  };
}

/** The Mondays of all weeks whose windows a clock change between two instants may touch. */
function mondaysOfChanges(zone: Zone, from: number, to: number): number[] {
  const changes = zone.stretches(from, to).slice(1);
  const mondays = changes.flatMap((change) => {
    const wall = change.from + change.offset;
    const first = mondayBefore(wall - REACH_MS);
    return [...Array(4).keys()].map((week) => first + week * WEEK_MS);
  });
  return [...new Set(mondays)].sort((a, b) => a - b);
}

/** Whether a window of wall time lasts as long as the clocks say, and every program reads its end alike. */
function isRegular(zone: Zone, wall: Interval): boolean {
  const [only, second] = instantsOf(zone, wall);
  return (
    only !== undefined &&
    second === undefined &&
    only.to - only.from === wall.to - wall.from &&
    isShownOnce(zone, wall.to)
  );
}

/** Programs disagree on when a wall time is that a clock change skips or repeats, although RFC 5545 says it. */
function isShownOnce(zone: Zone, wall: number): boolean {
  return instantsOf(zone, { from: wall, to: wall + MINUTE_MS }).length === 1;
}

/** When the clocks show a window of wall time: sorted, and not touching. */
function instantsOf(zone: Zone, { from, to }: Interval): Interval[] {
  const pieces = zone.stretches(from - DAY_MS, to + DAY_MS).map((stretch) => ({
    from: Math.max(from - stretch.offset, stretch.from),
    to: Math.min(to - stretch.offset, stretch.to),
  }));
  return joinIntervals(pieces.filter((piece) => piece.from < piece.to));
}
