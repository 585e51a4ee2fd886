import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CalendarEvent, encodeCalendar } from "../../../src/domain/time/encode-calendar.ts";
import { makeVisible } from "../../../src/domain/values/visible.ts";
import { NOON } from "../../support/builders.ts";
import { hostileText } from "../../support/hostile.ts";
import { parseCalendar, readInstant, readText } from "../../support/icalendar.ts";

const EVENT: CalendarEvent = {
  uid: "session-1-0-0",
  from: Date.parse("2026-02-02T08:00:00Z"),
  to: Date.parse("2026-02-02T16:00:00Z"),
  summary: "Ada; is, there",
  description: "one\ntwo \\ three",
};
const read = (text: string) => parseCalendar(new TextEncoder().encode(text));

describe("a calendar", () => {
  it("is one document with an event in UTC", () => {
    expect(encodeCalendar([EVENT], NOON)).toBe(
      [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//git-hive//git-hive//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "UID:session-1-0-0@git-hive",
        "DTSTAMP:20260131T120000Z",
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

  it.each([
    ["ASCII", "x".repeat(200)],
    ["two octets", "é".repeat(200)],
    ["three octets", "字".repeat(200)],
    ["four octets", "😀".repeat(200)],
    ["mixed", "a字é😀".repeat(60)],
    ["escapes", ";,\\\n".repeat(60)],
  ])("folds long lines between characters: %s", (_, summary) => {
    const text = encodeCalendar([{ ...EVENT, summary }], NOON);
    expect(text).toContain("\r\n ");
    const [event] = read(text).components;
    expect(readText(event?.properties.get("SUMMARY"))).toBe(summary);
  });

  it("is read back unchanged by a strict reader, for any text", () => {
    const word = fc.oneof(hostileText, fc.string({ unit: "binary" }));
    const instant = fc.integer({ min: Date.UTC(2000, 0, 1) / 1000, max: Date.UTC(2099, 0, 1) / 1000 });
    const event = fc.record({
      uid: fc.uuid(),
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
          from: from * 1000,
          to: (from + length) * 1000,
        }));
        const calendar = read(encodeCalendar(written, NOON));
        expect(
          calendar.components.map(({ properties }) => ({
            uid: readText(properties.get("UID")),
            from: Date.parse(readInstant(properties.get("DTSTART"))),
            to: Date.parse(readInstant(properties.get("DTEND"))),
            summary: readText(properties.get("SUMMARY")),
            description: readText(properties.get("DESCRIPTION")),
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
      { numRuns: 500 },
    );
  });
});

describe("the strict calendar reader of these tests", () => {
  const whole = encodeCalendar([EVENT], NOON);
  it.each([
    ["a line feed alone", whole.replace("\r\nVERSION", "\nVERSION")],
    ["a long line", whole.replace("SUMMARY:", `SUMMARY:${"x".repeat(80)}`)],
    ["a character cut in two", whole.replace("SUMMARY:", "SUMMARY:\ud83d\r\n \ude00")],
    ["no end", whole.replace("END:VEVENT\r\n", "")],
    ["text after the end", `${whole}X:1\r\n`],
    ["no UID", whole.replace(/UID:.*\r\n/, "")],
    ["a property twice", whole.replace("SUMMARY", "SUMMARY:x\r\nSUMMARY")],
    ["a local time", whole.replace("080000Z", "080000")],
    ["an end before the beginning", whole.replace("DTEND:20260202T16", "DTEND:20260202T07")],
    ["the same event twice", encodeCalendar([EVENT, EVENT], NOON)],
    ["no event", encodeCalendar([], NOON)],
  ])("refuses %s", (_, text) => {
    const bytes = text.includes("\ud83d\r")
      ? Buffer.from(text.replace("\ud83d\r\n \ude00", "\u00f0\u009f\r\n \u0098\u0080"), "latin1")
      : new TextEncoder().encode(text);
    expect(() => parseCalendar(bytes)).toThrow();
  });

  it("refuses a text that is not escaped", () => {
    expect(() => readText("a;b")).toThrow();
    expect(() => readText("a\\x")).toThrow();
  });
});
