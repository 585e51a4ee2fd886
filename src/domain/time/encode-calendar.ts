import type { Instant } from "../values/instant.ts";
import { makeVisible } from "../values/visible.ts";

/** A calendar event; `from` and `to` are in milliseconds since the epoch. */
export interface CalendarEvent {
  /** An id that no other event has, and that stays the same each time the event is exported. */
  readonly uid: string;
  readonly from: number;
  readonly to: number;
  readonly summary: string;
  readonly description: string;
}

/** Maximum octets of a calendar line, without its line end (RFC 5545). */
const MAX_LINE_OCTETS = 75;

/**
 * Events as iCalendar (RFC 5545), with every instant in UTC; `at` is the instant of the export. The caller must give at
 * least one event, because a calendar without events is not valid. The text ends with CR LF.
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
    // The event shows when a session is available; it does not make the calendar's user busy.
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ];
}

/** An instant like `20260131T120000Z`. */
function encodeInstant(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
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
