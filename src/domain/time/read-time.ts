import { Duration, Instant } from "../values/instant.ts";
import { nearNames } from "../values/near.ts";
import { toInstant } from "../values/time.ts";
import * as z from "../values/z.ts";
import { DAY_MINUTES, hoursOf, minuteOfWeek, openings } from "./hours.ts";
import { plainClock, plainDuration } from "./plain-time.ts";
import { DAYS, dayOf, minuteOf } from "./week.ts";
import { DAY_MS, findZone, MINUTE_MS, type Zone } from "./zone.ts";

/** The instant that a text names, or why it names none. */
export type TimeRead = { readonly at: Instant } | { readonly fault: string };

/** Forms of a time, for error messages. */
export const TIME_EXAMPLES = '4h, 17:00, tomorrow, "fri 9:00", "2026-12-01 14:00", 2026-12-01T14:00:00Z';

/** Forms of a time that has passed, for error messages. */
export const PAST_EXAMPLES = '2h (ago), 9:00, yesterday, 7d, mon, "2026-01-31 14:00", 2026-01-31T14:00:00Z';

const OffsetInstant = z.iso.datetime({ offset: true });

/** A date and a time with its offset from UTC: the seconds may be missing, and a space may stand for the `T`. */
const OFFSET_FORM = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(:\d\d(?:\.\d+)?)?([Zz]|[+-]\d\d:\d\d)$/;

/** A day, a clock time, or both, perhaps with a zone: `tomorrow`, `fri 9:00`, `2026-12-01T14:00`, `17:00 Europe/Berlin`. */
const LOCAL_FORM =
  /^(?:(?<day>\p{L}+|\d{4}-\d\d-\d\d)(?:(?:[Tt]| +)(?=\d)|(?= |$)))?(?<time>\d{1,2}:\d\d)?(?: +(?<zone>\p{L}[\w/+-]+))?$/u;

/** How many days to search for a clock time: a time that the clocks skip this week comes again in the next. */
const MAX_SEARCH_DAYS = 15;

const SECOND_MS = 1000;

const DAY_WORDS: Readonly<Record<string, number>> = { yesterday: -1, today: 0, tomorrow: 1 };

/** Whether a text names the next such time, or the last. */
type Direction = "next" | "last";

/** What may stand around a duration: `in 2h`, `2h ago`. */
const FRAME: Readonly<Record<Direction, RegExp>> = { next: /^in /i, last: / ago$/i };

/**
 * Reads a time to come. A duration counts from now. A clock time or a weekday is the next one; a day without a time is
 * its last second, because who works until tomorrow works tomorrow. Without a zone in the text, clocks are those of `zone`. Any other text is a fault: nothing is guessed.
 */
export function readUntil(text: string, zone: Zone, now: Instant): TimeRead {
  return readTime(text, zone, now, "next");
}

/**
 * Reads a time that has passed, in the same forms: a duration before now, the last `17:00`, the start of the last `fri`. Only an
 * instant with its offset may be to come, because the clock of the program that wrote it may be ahead.
 */
export function readSince(text: string, zone: Zone, now: Instant): TimeRead {
  return readTime(text, zone, now, "last");
}

function readTime(text: string, zone: Zone, now: Instant, direction: Direction): TimeRead {
  const trimmed = plainClock(text.trim());
  const at = Date.parse(now);
  if (direction === "last" && trimmed.toLowerCase() === "now") return found(at);
  const duration = Duration.safeParse(plainDuration(trimmed.replace(FRAME[direction], "")));
  if (duration.success) return found(at + (direction === "next" ? 1 : -1) * duration.data * 1000);
  const [, date, time, seconds = ":00", offset] = OFFSET_FORM.exec(trimmed) ?? [];
  const moment = OffsetInstant.safeParse(`${date}T${time}${seconds}${offset?.toUpperCase()}`);
  if (moment.success) return found(Date.parse(moment.data));
  const local = readLocal(trimmed, zone, at, direction) ?? { fault: describeFault(text, trimmed) };
  const isToCome = direction === "last" && "at" in local && Date.parse(local.at) > at;
  return isToCome ? { fault: `${JSON.stringify(text)} is in the future.` } : local;
}

/** Why a text names no time, and which word may be meant. */
function describeFault(text: string, trimmed: string): string {
  const [date] = /^\d{4}-\d\d-\d\d(?=$|[Tt ])/.exec(trimmed) ?? [];
  if (date !== undefined && !z.iso.date().safeParse(date).success) return `There is no day ${date}.`;
  const [, word = "", rest = ""] = /^(?:(?:last|next|on) )?(\p{L}+)( \d{1,2}:\d\d)?$/iu.exec(trimmed) ?? [];
  const near = isDay(word) ? [word] : nearNames(word.toLowerCase(), [...Object.keys(DAY_WORDS), ...DAYS]);
  const meant = word === "" ? "" : near.map((each) => `${each}${rest}`).join(" or ");
  return `Cannot read ${JSON.stringify(text)} as a time.${meant === "" ? "" : ` Did you mean ${meant}?`}`;
}

/** The times from 2000 to 2099, as in every file of a hub. */
function found(at: number): TimeRead {
  const isKnown = Math.abs(at) < 8e15 && Instant.safeParse(toInstant(at)).success;
  return isKnown ? { at: toInstant(at) } : { fault: "The time is not between the years 2000 and 2100." };
}

/** The day, the clock time and the zone in a text. Other words, such as `last week`, are no day with a zone. */
function partsOf(text: string): { day?: string; time?: string; zone?: string } | undefined {
  const parts: ReturnType<typeof partsOf> = LOCAL_FORM.exec(text)?.groups ?? {};
  if (parts.day === undefined) return parts.time === undefined ? undefined : parts;
  return isDay(parts.day) ? parts : undefined;
}

/** Reads a day, a clock time or both. 24:00 is the midnight that ends the day. */
function readLocal(text: string, zone: Zone, now: number, direction: Direction): TimeRead | undefined {
  const parts = partsOf(text);
  if (parts === undefined) return undefined;
  const { day, time, zone: name } = parts;
  const clock = name === undefined ? zone : findZone(name);
  if (clock === undefined) return { fault: `${JSON.stringify(name)} is not a time zone.` };
  const minute = time === undefined ? undefined : minuteOf(time);
  if (time !== undefined && minute === undefined) return undefined;
  const weekday = day === undefined ? undefined : dayOf(day);
  if (minute !== undefined && (day === undefined || weekday !== undefined))
    return shown(clock, weekday, minute, now, direction);
  const start = day === undefined ? undefined : startOfDay(day, weekday, clock, now, direction);
  return start === undefined ? undefined : onDay(clock, start, minute, { text, direction });
}

function isDay(day: string): boolean {
  return dayOf(day) !== undefined || Object.hasOwn(DAY_WORDS, day.toLowerCase()) || /^\d/.test(day);
}

/** The wall time at which a day starts; undefined for a word that names no day. */
function startOfDay(
  day: string,
  weekday: number | undefined,
  zone: Zone,
  now: number,
  direction: Direction,
): number | undefined {
  const wall = zone.wallAt(now);
  const today = Math.floor(wall / DAY_MS) * DAY_MS;
  if (weekday !== undefined) {
    const past = (Math.floor(minuteOfWeek(wall) / DAY_MINUTES) - weekday + 7) % 7;
    return today + (direction === "last" ? -past : 7 - past) * DAY_MS;
  }
  const word = day.toLowerCase();
  if (Object.hasOwn(DAY_WORDS, word)) return today + (DAY_WORDS[word] ?? 0) * DAY_MS;
  const date = z.iso.date().safeParse(day);
  return date.success ? Date.parse(date.data) : undefined;
}

/**
 * A time on a day; without one the start of a day that has begun, and the end of one to come. A day starts when its clocks
 * first show it. A time that the clocks skip is a fault.
 */
function onDay(
  zone: Zone,
  start: number,
  minute: number | undefined,
  { text, direction }: { readonly text: string; readonly direction: Direction },
): TimeRead {
  if (minute === undefined)
    return found(direction === "last" ? zone.instantOf(start) : zone.instantOf(start + DAY_MS) - SECOND_MS);
  const wall = start + minute * MINUTE_MS;
  const at = zone.instantOf(wall);
  if (zone.wallAt(at) === wall) return found(at);
  return { fault: `${JSON.stringify(text)} does not exist in ${zone.name}: the clocks skip it.` };
}

/** The next or the last instant at which clocks show a minute of the day, on one weekday or on any. */
function shown(
  zone: Zone,
  weekday: number | undefined,
  minute: number,
  now: number,
  direction: Direction,
): TimeRead | undefined {
  if (minute === DAY_MINUTES)
    return shown(zone, weekday === undefined ? weekday : (weekday + 1) % 7, 0, now, direction);
  const days = weekday === undefined ? [...Array(7).keys()] : [weekday];
  const hours = hoursOf(
    zone,
    days.map((day) => ({ from: day * DAY_MINUTES + minute, to: day * DAY_MINUTES + minute + 1 })),
  );
  const span = MAX_SEARCH_DAYS * DAY_MS;
  const at =
    direction === "next"
      ? openings(hours, now, now + span).find(({ from }) => from > now)
      : openings(hours, now - span, now + MINUTE_MS).findLast(({ from }) => from <= now);
  return at && found(at.from);
}
