import type { Instant } from "../values/instant.ts";
import { makeVisible } from "../values/visible.ts";
import { encodeInstant, encodeWall, WEEKDAYS } from "./calendar-values.ts";
import { encodeZone } from "./encode-zone.ts";
import type { Interval } from "./interval.ts";
import type { WeeklyRule } from "./weekly-rules.ts";
import { DAY_MS, type Zone } from "./zone.ts";

/** A calendar event: once between two instants, or every week. */
export interface CalendarEvent {
  /** An id that no other event has, and that stays the same each time the event is exported. */
  readonly uid: string;
  /** Larger after each change of the event. */
  readonly sequence: number;
  readonly when: Interval | WeeklyRule;
  readonly summary: string;
  readonly description: string;
}

export interface Calendar {
  /** The name that a calendar program shows. */
  readonly name: string;
  /** At least one, because a calendar without events is not valid. */
  readonly events: readonly CalendarEvent[];
}

/** For how long ahead clock changes are stated. A later export states those that follow. */
export const AHEAD_MS = 5 * 366 * DAY_MS;

/** Maximum octets of a calendar line, without its line end (RFC 5545). */
const MAX_LINE_OCTETS = 75;

/**
 * A calendar as iCalendar (RFC 5545); `at` is the instant of the export. It has no METHOD, because that would make it an
 * invitation, which needs an organizer with an address to answer to. The text ends with CR LF.
 */
export function encodeCalendar({ name, events }: Calendar, at: Instant): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//git-hive//git-hive//EN",
    "CALSCALE:GREGORIAN",
    `NAME:${encodeText(name)}`,
    // Programs that do not know NAME (RFC 7986) read this one.
    `X-WR-CALNAME:${encodeText(name)}`,
    ...encodeZones(events, Date.parse(at)),
    ...events.flatMap((event) => encodeEvent(event, Date.parse(at))),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join("");
}

/** The zones of weekly events. UTC needs none. */
function encodeZones(events: readonly CalendarEvent[], at: number): string[] {
  const rules = events.flatMap(({ when }) => ("days" in when && !isUtc(when.zone) ? [when] : []));
  const zones = new Map(rules.map(({ zone }) => [zone.name, zone]));
  return [...zones.values()].flatMap((zone) => {
    const starts = rules.filter((rule) => rule.zone.name === zone.name).map(({ first }) => first.from);
    return encodeZone(zone, Math.min(...starts) - DAY_MS, at + AHEAD_MS);
  });
}

function encodeEvent(event: CalendarEvent, at: number): string[] {
  const { uid, when } = event;
  if (!("days" in when)) return component(event, at, uid, encodeSpan(when));
  const { zone, first, days, skipped, moved, extra } = when;
  const repeated = [
    `DTSTART${encodeStart(zone, first.from)}`,
    `DTEND${encodeStart(zone, first.to)}`,
    `RRULE:FREQ=WEEKLY;BYDAY=${days.map((day) => WEEKDAYS[day]).join(",")}`,
    ...skipped.map((start) => `EXDATE${encodeStart(zone, start)}`),
  ];
  return [
    ...component(event, at, uid, repeated),
    ...moved.flatMap(({ start, instead }) =>
      component(event, at, uid, [`RECURRENCE-ID${encodeStart(zone, start)}`, ...encodeSpan(instead)]),
    ),
    ...extra.flatMap((part) => component(event, at, `${uid}-${part.from / 1000}`, encodeSpan(part))),
  ];
}

function component(
  { sequence, summary, description }: CalendarEvent,
  at: number,
  uid: string,
  when: readonly string[],
): string[] {
  return [
    "BEGIN:VEVENT",
    `UID:${encodeText(`${uid}@git-hive`)}`,
    `DTSTAMP:${encodeInstant(at)}`,
    `SEQUENCE:${sequence}`,
    ...when,
    `SUMMARY:${encodeText(summary)}`,
    `DESCRIPTION:${encodeText(description)}`,
    // The event shows when a session is available; it does not make the calendar's user busy.
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ];
}

function encodeSpan({ from, to }: Interval): string[] {
  return [`DTSTART:${encodeInstant(from)}`, `DTEND:${encodeInstant(to)}`];
}

/** The parameter and the value of a wall time in a zone. */
function encodeStart(zone: Zone, wall: number): string {
  return isUtc(zone) ? `:${encodeInstant(wall)}` : `;TZID=${zone.name}:${encodeWall(wall)}`;
}

function isUtc({ name }: Zone): boolean {
  return name === "UTC";
}

function encodeText(text: string): string {
  return makeVisible(text)
    .replaceAll(/[\\;,]/g, (character) => `\\${character}`)
    .replaceAll("\n", "\\n");
}

/** Breaks a long line between characters. Each continuation line begins with a space. */
function fold(line: string): string {
  let [folded, octets] = ["", 0];
  for (const character of line) {
    const size = octetsOf(character);
    if (octets + size > MAX_LINE_OCTETS) {
      folded += "\r\n ";
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}

/** The octets of a character in UTF-8. */
function octetsOf(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x1_0000 ? 3 : 4;
}
