import type { Instant } from "../values/instant.ts";
import { makeVisible } from "../values/visible.ts";

/** An event of a calendar; its instants are in milliseconds since the epoch. */
export interface CalendarEvent {
  /** The same for the same event whenever it is told, and no other's. */
  readonly uid: string;
  readonly from: number;
  readonly to: number;
  readonly summary: string;
  readonly description: string;
}

/** Octets of a line of a calendar, without its end. */
const LINE_OCTETS = 75;

/**
 * Events as iCalendar (RFC 5545), every instant in UTC; `at` is when that was said. At least one event is asked for,
 * for a calendar without any is none. It ends with CR LF.
 */
export function encodeCalendar(events: readonly CalendarEvent[], at: Instant): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//git-hive//git-hive//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    ...events.flatMap((event) => encodeEvent(event, Date.parse(at))),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join("");
}

function encodeEvent({ uid, from, to, summary, description }: CalendarEvent, at: number): string[] {
  return [
    "BEGIN:VEVENT",
    `UID:${encodeText(`${uid}@git-hive`)}`,
    `DTSTAMP:${encodeInstant(at)}`,
    `DTSTART:${encodeInstant(from)}`,
    `DTEND:${encodeInstant(to)}`,
    `SUMMARY:${encodeText(summary)}`,
    `DESCRIPTION:${encodeText(description)}`,
    // That somebody is there takes no time of whoever looks.
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ];
}

/** `20260131T120000Z` */
function encodeInstant(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
}

function encodeText(text: string): string {
  return makeVisible(text)
    .replaceAll(/[\\;,]/g, (character) => `\\${character}`)
    .replaceAll("\n", "\\n");
}

/** Breaks a line before it grows too long, between characters; what follows a break begins with a space. */
function fold(line: string): string {
  let [folded, octets] = ["", 0];
  for (const character of line) {
    const size = octetsOf(character);
    if (octets + size > LINE_OCTETS) {
      folded += "\r\n ";
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}

/** Of a character in UTF-8. */
function octetsOf(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x1_0000 ? 3 : 4;
}
