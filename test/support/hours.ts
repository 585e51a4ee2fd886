import * as fc from "fast-check";
import { parseHours } from "../../src/domain/time/parse-hours.ts";

/** Zones whose clocks are changed by an hour, by half an hour, around Ramadan, or never. */
export const ZONES = [
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "Africa/Casablanca",
  "Asia/Kathmandu",
  "Pacific/Apia",
  "UTC",
];

/** The instants of 2026 at which clocks of these zones are changed. */
export const CHANGES = [
  "2026-02-15T02:00:00Z",
  "2026-03-08T07:00:00Z",
  "2026-03-22T02:00:00Z",
  "2026-03-29T01:00:00Z",
  "2026-04-04T15:00:00Z",
  "2026-10-03T15:30:00Z",
  "2026-10-25T01:00:00Z",
  "2026-11-01T06:00:00Z",
];

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** A window as it is written: on these days, from one minute of the day to another, of the next day where that is less. */
interface Window {
  readonly days: readonly string[];
  readonly from: number;
  readonly to: number;
}

/** Windows, the zone they are in, and how a person may write them. */
export interface WrittenHours {
  readonly windows: readonly Window[];
  readonly zone: string;
  readonly text: string;
}

/** Minutes of a day near those at which clocks are changed, and often just these. */
const nearChange = fc.oneof(fc.integer({ min: 60, max: 240 }), fc.constantFrom(0, 60, 90, 120, 180));

const window = fc
  .record({
    days: fc.subarray(DAYS, { minLength: 1 }),
    from: fc.oneof(fc.integer({ min: 0, max: 1439 }), nearChange),
    to: fc.oneof(fc.integer({ min: 0, max: 1440 }), nearChange),
  })
  .filter(({ from, to }) => from !== to);

const aWeek = fc.array(window, { minLength: 1, maxLength: 5 });

/** Hours as anybody may write them: windows that overlap, nights, days in lists. */
export const writtenHours: fc.Arbitrary<WrittenHours> = fc
  .record({ windows: aWeek, zone: fc.constantFrom(...ZONES), separator: fc.constantFrom(",", "; ", " , ") })
  .map(({ windows, zone, separator }) => ({ windows, zone, text: write(windows, zone, separator) }));

/** The text of windows, as a person may write it. */
export function write(windows: readonly Window[], zone: string, separator = ", "): string {
  const texts = windows.map(({ days, from, to }) => `${days.join(",")} ${clock(from)}-${clock(to)}`);
  return `${texts.join(separator)} ${zone}`;
}

/** An instant of 2026, often one near a change of the clocks; in whole minutes. */
export const instant = fc.oneof(
  fc.integer({ min: 0, max: 525_600 }).map((minutes) => Date.UTC(2026, 0, 1) + minutes * 60_000),
  fc
    .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -1600, max: 1600 }))
    .map(([change, minutes]) => Date.parse(change) + minutes * 60_000),
);

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

/** Looks at the clock on the wall and then at the list on the door: nothing is computed. */
export function isThere({ windows, zone }: Pick<WrittenHours, "windows" | "zone">, at: number): boolean {
  const { weekday, minute } = lookAtClock(zone, at);
  const before = DAYS[(DAYS.indexOf(weekday) + 6) % 7] ?? "";
  return windows.some(({ days, from, to }) =>
    to > from
      ? days.includes(weekday) && from <= minute && minute < to
      : (days.includes(weekday) && from <= minute) || (days.includes(before) && minute < to),
  );
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function lookAtClock(timeZone: string, at: number): { weekday: string; minute: number } {
  const options = {
    timeZone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  } as const;
  const format = clocks.get(timeZone) ?? new Intl.DateTimeFormat("en-GB", options);
  clocks.set(timeZone, format);
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    weekday: parts.get("weekday") ?? "",
    minute: Number(parts.get("hour")) * 60 + Number(parts.get("minute")),
  };
}

/** What is wrong with a text that is no hours. */
export function faultOf(text: string): unknown {
  try {
    parseHours(text);
  } catch (error) {
    return error;
  }
  throw new Error(`${text} was read`);
}
