import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CalendarEvent, encodeCalendar } from "../../../src/domain/time/encode-calendar.ts";
import { openings } from "../../../src/domain/time/hours.ts";
import { parseHours } from "../../../src/domain/time/parse-hours.ts";
import { makeVisible } from "../../../src/domain/values/visible.ts";
import { NOON } from "../../support/builders.ts";
import { hostileText } from "../../support/hostile.ts";
import { encodeHours, expandHours, masters, readCalendar, span, textOf } from "../../support/icalendar.ts";

const EVENT: CalendarEvent = {
  uid: "session-1-0-0",
  sequence: 7,
  when: { from: Date.parse("2026-02-02T08:00:00Z"), to: Date.parse("2026-02-02T16:00:00Z") },
  summary: "Ada; is, there",
  description: "one\ntwo \\ three",
};
const encode = (events: readonly CalendarEvent[]) => encodeCalendar({ name: "Team", events }, NOON);

describe("a calendar", () => {
  it("is one document with a name and an event in UTC", () => {
    expect(encode([EVENT])).toBe(
      [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//git-hive//git-hive//EN",
        "CALSCALE:GREGORIAN",
        "NAME:Team",
        "X-WR-CALNAME:Team",
        "BEGIN:VEVENT",
        "UID:session-1-0-0@git-hive",
        "DTSTAMP:20260131T120000Z",
        "SEQUENCE:7",
        "DTSTART:20260202T080000Z",
        "DTEND:20260202T160000Z",
        "SUMMARY:Ada\\; is\\, there",
        "DESCRIPTION:one\\ntwo \\\\ three",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
      ].join("\r\n"),
    );
  });

  it("has one event for each window of the week, and the zone with its yearly rules", () => {
    const text = encodeHours("Mon-Fri 09:00-12:30,14:00-17:00 Europe/Berlin");
    expect(masters(readCalendar(text))).toHaveLength(2);
    expect(text).toContain("DTSTART;TZID=Europe/Berlin:20251222T090000\r\n");
    expect(text).toContain("DTEND;TZID=Europe/Berlin:20251222T123000\r\n");
    expect(text.match(/RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR\r\n/g)).toHaveLength(2);
    expect(text).toContain(
      [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Berlin",
        "BEGIN:DAYLIGHT",
        "DTSTART:20250330T020000",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "END:DAYLIGHT",
      ].join("\r\n"),
    );
    expect(text).not.toContain("RECURRENCE-ID");
  });

  it.each([
    ["never changes its clocks", "Asia/Kathmandu", ["TZOFFSETTO:+0545"], ["RRULE:FREQ=YEARLY", "RDATE"]],
    [
      "has changes on dates that follow no rule of ours",
      "Africa/Casablanca",
      ["RDATE:"],
      ["RRULE:FREQ=YEARLY"],
    ],
    [
      "changes on the second Sunday",
      "America/New_York",
      ["BYMONTH=3;BYDAY=2SU", "BYMONTH=11;BYDAY=1SU"],
      ["RDATE"],
    ],
    ["is UTC", "UTC", ["DTSTART:20251222T090000Z"], ["VTIMEZONE", "TZID"]],
  ])("states a zone that %s", (_, zone, has, hasNot) => {
    const text = encodeHours(`Mon 09:00-17:00 ${zone}`).replaceAll("\r\n ", "");
    for (const part of has) expect(text).toContain(part);
    for (const part of hasNot) expect(text).not.toContain(part);
  });

  it.each([
    ["by day", "Mon-Fri 09:00-17:00 Europe/Berlin"],
    ["a night over both changes", "Sat 22-06 Europe/Berlin"],
    ["in the skipped and repeated hour", "Sun 02:15-02:45 Europe/Berlin"],
    ["from the skipped hour on", "02:30-05:00 America/New_York"],
    ["into it", "01:00-02:30 America/New_York"],
    ["up to a skipped hour", "Sun 00-02 Africa/Casablanca"],
    ["up to a repeated hour", "Sat,Sun 01:01-01:00 America/New_York"],
    ["a repeated half hour", "Sun 01:30-01:45 Australia/Lord_Howe"],
    ["a whole weekend", "Sat,Sun 00-24 Europe/Berlin"],
    ["the end of the week", "Sun 22-06; Mon 09-17 America/New_York"],
    ["a change at midnight", "Fri-Sun 22-03 Africa/Cairo"],
    ["changes in winter", "Sun 00-05 Africa/Casablanca"],
    ["the south", "Sun 01-04 Pacific/Auckland"],
    ["always", "24/7"],
  ])("is expanded by another program to our own hours: %s", (_, hours) => {
    const [from, to] = [Date.UTC(2026, 0, 1), Date.UTC(2028, 0, 1)];
    expect(expandHours(hours, { from, to })).toEqual(openings(parseHours(hours), from, to));
  });

  it.each([
    ["ASCII", "x".repeat(200)],
    ["two octets", "é".repeat(200)],
    ["three octets", "字".repeat(200)],
    ["four octets", "😀".repeat(200)],
    ["mixed", "a字é😀".repeat(60)],
    ["escapes", ";,\\\n".repeat(60)],
  ])("folds long lines between characters: %s", (_, summary) => {
    const text = encode([{ ...EVENT, summary }]);
    expect(text).toContain("\r\n ");
    const [event] = masters(readCalendar(text));
    expect(event && textOf(event, "summary")).toBe(summary);
  });

  it("is read back unchanged, for any text", () => {
    const word = fc.oneof(hostileText, fc.string({ unit: "binary" }));
    const instant = fc.integer({ min: Date.UTC(2000, 0, 1) / 1000, max: Date.UTC(2099, 0, 1) / 1000 });
    const event = fc.record({
      uid: fc.uuid(),
      sequence: fc.nat(),
      from: instant,
      length: fc.integer({ min: 1, max: 1e6 }),
      summary: word,
      description: word,
    });
    const events = fc.uniqueArray(event, { minLength: 1, maxLength: 5, selector: ({ uid }) => uid });
    return fc.assert(
      fc.property(events, (drawn) => {
        const written = drawn.map(({ from, length, ...words }) => ({
          ...words,
          when: { from: from * 1000, to: (from + length) * 1000 },
        }));
        const calendar = readCalendar(encode(written));
        expect(
          masters(calendar).map((each) => ({
            uid: textOf(each, "uid"),
            sequence: Number(textOf(each, "sequence")),
            when: span(each),
            summary: textOf(each, "summary"),
            description: textOf(each, "description"),
          })),
        ).toEqual(
          written.map((each) => ({
            ...each,
            uid: `${each.uid}@git-hive`,
            summary: makeVisible(each.summary),
            description: makeVisible(each.description),
          })),
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe("the calendar reader of these tests", () => {
  const whole = encode([EVENT]);
  it.each([
    ["a line feed alone", whole.replace("\r\nVERSION", "\nVERSION")],
    ["a long line", whole.replace("SUMMARY:", `SUMMARY:${"x".repeat(80)}`)],
    ["no end", whole.replace("END:VEVENT\r\n", "")],
    ["no UID", whole.replace(/UID:.*\r\n/, "")],
    ["a property twice", whole.replace("SEQUENCE:7", "SEQUENCE:7\r\nSEQUENCE:8")],
    ["an end before the beginning", whole.replace("DTEND:20260202T16", "DTEND:20260202T07")],
    ["the same event twice", encode([EVENT, EVENT])],
    ["no event", encode([])],
  ])("refuses %s", (_, text) => {
    expect(() => readCalendar(text)).toThrow();
  });
});
