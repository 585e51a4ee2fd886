import { groupBy } from "../values/group-by.ts";
import { encodeOffset, encodeWall, WEEKDAYS } from "./calendar-values.ts";
import { DAY_MS, type Zone } from "./zone.ts";

/** A clock change: the wall time before it, and the offsets from UTC before and after, in milliseconds. */
interface Onset {
  readonly wall: number;
  readonly before: number;
  readonly after: number;
}

const YEAR_MS = 366 * DAY_MS;
/** How many changes have to follow a rule of the calendar, so that the rule is stated and not the dates. */
const MIN_FOR_RULE = 5;

/**
 * A zone as a VTIMEZONE (RFC 5545) that holds between two instants, and beyond them where the clocks are changed by the
 * same rule each year. Calendars need it to know when the windows of a zone are.
 */
export function encodeZone(zone: Zone, from: number, to: number): string[] {
  const stretches = zone.stretches(from - YEAR_MS, to);
  const onsets = stretches.slice(1).map((stretch, index) => {
    const before = stretches[index]?.offset ?? 0;
    return { wall: stretch.from + before, before, after: stretch.offset };
  });
  const [first] = stretches;
  // The offset at `from`, where no change says it.
  const isStated = stretches[1] !== undefined && stretches[1].from <= from;
  const start =
    first === undefined || isStated
      ? []
      : [{ wall: first.from + first.offset, before: first.offset, after: first.offset }];
  const groups = [...groupBy([...start, ...onsets], ({ before, after }) => `${before} ${after}`).values()];
  return [
    "BEGIN:VTIMEZONE",
    `TZID:${zone.name}`,
    ...groups.flatMap((group) => encodeOnsets(group, to)),
    "END:VTIMEZONE",
  ];
}

/** Changes between the same two offsets. */
function encodeOnsets(onsets: readonly Onset[], to: number): string[] {
  const [first, ...others] = onsets;
  if (first === undefined) return [];
  const kind = first.after > first.before ? "DAYLIGHT" : "STANDARD";
  const rule = ruleOf(onsets, to);
  // One date on a line and the first one again, because some programs read only those.
  const dates = others.length === 0 ? [] : onsets.map(({ wall }) => `RDATE:${encodeWall(wall)}`);
  return [
    `BEGIN:${kind}`,
    `DTSTART:${encodeWall(first.wall)}`,
    `TZOFFSETFROM:${encodeOffset(first.before)}`,
    `TZOFFSETTO:${encodeOffset(first.after)}`,
    ...(rule === undefined ? dates : [rule]),
    `END:${kind}`,
  ];
}

/** The yearly rule of changes, such as the last Sunday of March; undefined where there is none. */
function ruleOf(onsets: readonly Onset[], to: number): string | undefined {
  const dates = onsets.map(({ wall }) => new Date(wall));
  const [first] = dates;
  const last = dates.at(-1);
  if (first === undefined || last === undefined || dates.length < MIN_FOR_RULE) return undefined;
  const isYearly =
    dates.every((date, index) => date.getUTCFullYear() === first.getUTCFullYear() + index) &&
    last.getTime() > to - YEAR_MS;
  const isSame = (part: (date: Date) => number) => dates.every((date) => part(date) === part(first));
  const isAlike =
    isSame((date) => date.getUTCMonth()) &&
    isSame((date) => date.getUTCDay()) &&
    isSame((date) => date.getTime() % DAY_MS);
  const isLast = dates.every(
    (date) => new Date(date.getTime() + 7 * DAY_MS).getUTCMonth() !== date.getUTCMonth(),
  );
  const nth = (date: Date) => Math.ceil(date.getUTCDate() / 7);
  if (!isYearly || !isAlike || !(isLast || isSame(nth))) return undefined;
  const day = WEEKDAYS[(first.getUTCDay() + 6) % 7];
  return `RRULE:FREQ=YEARLY;BYMONTH=${first.getUTCMonth() + 1};BYDAY=${isLast ? -1 : nth(first)}${day}`;
}
