import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSince, readUntil } from "../../../src/domain/time/read-time.ts";
import { findZone, utc } from "../../../src/domain/time/zone.ts";
import { NOON } from "../../support/builders.ts";
import { hostileText } from "../../support/hostile.ts";

const berlin = findZone("Europe/Berlin") ?? utc();

/** The instant that a text names, from Saturday, 2026-01-31, 13:00 in Berlin. */
function until(text: string, now: string = NOON) {
  const read = readUntil(text, berlin, now);
  return "at" in read ? read.at : undefined;
}

function since(text: string, now: string = NOON) {
  const read = readSince(text, berlin, now);
  return "at" in read ? read.at : undefined;
}

describe("a time to come", () => {
  it.each([
    ["2h", "2026-01-31T14:00:00Z"],
    ["90s", "2026-01-31T12:01:30Z"],
    ["1d12h", "2026-02-02T00:00:00Z"],
    ["2026-02-01T09:00:00Z", "2026-02-01T09:00:00Z"],
    ["2026-02-01T09:00:00.500Z", "2026-02-01T09:00:00Z"],
    ["2026-02-01T09:00:00+01:00", "2026-02-01T08:00:00Z"],
    ["2026-02-01T09:00-05:00", "2026-02-01T14:00:00Z"],
    ["2026-02-01 09:00Z", "2026-02-01T09:00:00Z"],
    ["2026-12-01", "2026-12-01T22:59:59Z"],
    ["2026-12-01 14:00", "2026-12-01T13:00:00Z"],
    ["2026-07-01T14:00", "2026-07-01T12:00:00Z"],
    ["2026-12-01 14:00 America/New_York", "2026-12-01T19:00:00Z"],
    ["17:00", "2026-01-31T16:00:00Z"],
    ["9:00", "2026-02-01T08:00:00Z"],
    ["13:00", "2026-02-01T12:00:00Z"],
    ["today 17:00", "2026-01-31T16:00:00Z"],
    ["today", "2026-01-31T22:59:59Z"],
    ["2026-01-31", "2026-01-31T22:59:59Z"],
    ["tomorrow", "2026-02-01T22:59:59Z"],
    ["Tomorrow 9:00", "2026-02-01T08:00:00Z"],
    ["tomorrow  9:00 Asia/Tokyo", "2026-02-01T00:00:00Z"],
    ["tomorrow UTC", "2026-02-01T23:59:59Z"],
    ["fri", "2026-02-06T22:59:59Z"],
    ["sat", "2026-02-07T22:59:59Z"],
    ["fri 9:00", "2026-02-06T08:00:00Z"],
    ["Mon 09:00", "2026-02-02T08:00:00Z"],
    ["sat 17:00", "2026-01-31T16:00:00Z"],
    ["Saturday 12:00", "2026-02-07T11:00:00Z"],
    ["09:00 Asia/Kathmandu", "2026-02-01T03:15:00Z"],
    ["Mon 09:00 utc", "2026-02-02T09:00:00Z"],
    ["30min", "2026-01-31T12:30:00Z"],
    ["30 min", "2026-01-31T12:30:00Z"],
    ["in 2 hours", "2026-01-31T14:00:00Z"],
    ["2 Days", "2026-02-02T12:00:00Z"],
    ["9am", "2026-02-01T08:00:00Z"],
    ["9:30pm", "2026-01-31T20:30:00Z"],
    ["fri 12 am", "2026-02-05T23:00:00Z"],
    ["12pm UTC", "2026-02-01T12:00:00Z"],
    ["24:00", "2026-01-31T23:00:00Z"],
    ["sun 24:00", "2026-02-01T23:00:00Z"],
    ["tomorrow 24:00", "2026-02-01T23:00:00Z"],
  ])("may be written %j", (text, instant) => {
    expect(until(text)).toBe(instant);
  });

  it.each([
    ["is later by the hour that the clocks skip", "2026-03-28T12:00:00Z", "09:00", "2026-03-29T07:00:00Z"],
    ["is not on the day that skips it", "2026-03-28T12:00:00Z", "02:30", "2026-03-30T00:30:00Z"],
    ["is not in the week that skips it", "2026-03-28T12:00:00Z", "Sun 02:30", "2026-04-05T00:30:00Z"],
    ["comes twice when the clocks are set back", "2026-10-24T12:00:00Z", "02:30", "2026-10-25T00:30:00Z"],
    ["comes a second time", "2026-10-25T00:30:00Z", "02:30", "2026-10-25T01:30:00Z"],
    [
      "is the same tomorrow, after 23 hours",
      "2026-03-28T12:00:00Z",
      "tomorrow 13:00",
      "2026-03-29T11:00:00Z",
    ],
    ["ends a day of 25 hours", "2026-10-24T12:00:00Z", "tomorrow", "2026-10-25T22:59:59Z"],
  ])("on a clock %s", (_, now, text, instant) => {
    expect(until(text, now)).toBe(instant);
  });

  it("ends a day before the first minute of the next, where clocks skip midnight", () => {
    const cairo = findZone("Africa/Cairo") ?? utc();
    expect(readUntil("tomorrow", cairo, "2026-04-22T12:00:00Z")).toEqual({ at: "2026-04-23T21:59:59Z" });
    expect(readSince("today", cairo, "2026-04-24T12:00:00Z")).toEqual({ at: "2026-04-23T22:00:00Z" });
  });

  it("that clocks skip on a named day is a fault, not another time", () => {
    expect(readUntil("2026-03-29 02:30", berlin, NOON)).toEqual({
      fault: '"2026-03-29 02:30" does not exist in Europe/Berlin: the clocks skip it.',
    });
    expect(until("tomorrow 2:30", "2026-03-28T12:00:00Z")).toBeUndefined();
  });

  it.each([
    "",
    "tomorow",
    "tomorrow 9",
    "tomorrow9:00",
    "next fri",
    "fri fri",
    "2026-02-30",
    "2026-13-01 09:00",
    "2026-2-1",
    "2026-02-01T09:00:00",
    "2026-02-30T09:00:00Z",
    "1999-01-01",
    "17:60",
    "25:00",
    "17",
    "Mno 09:00",
    "09:00 Europe/Berln",
    "-2h",
    "12h1d",
    "M",
  ])("is not %j", (text) => {
    expect(until(text)).toBeUndefined();
    expect(since(text)).toBeUndefined();
  });

  it.each(["last week", "next month", "next week 9:00", "end of day", "this week", "some words"])(
    "is not %j, and that has nothing to do with a time zone",
    (text) => {
      const fault = { fault: `Cannot read ${JSON.stringify(text)} as a time.` };
      expect(readUntil(text, berlin, NOON)).toEqual(fault);
      expect(readSince(text, berlin, NOON)).toEqual(fault);
    },
  );

  it("may have a mistyped zone, which is said", () => {
    for (const text of ["17:00 Berln", "mon Berln", "yesterday Berln", "2026-01-01 9:00 Berln"])
      expect(readSince(text, berlin, NOON)).toEqual({ fault: '"Berln" is not a time zone.' });
  });

  it("is always after now when it is a clock time", () => {
    return fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 0, max: 527_040 }),
        (minute, passed) => {
          const now = new Date(Date.UTC(2026, 0, 1) + passed * 60_000).toISOString();
          const text = `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`;
          const [next, last] = [until(text, now) ?? "", since(text, now) ?? ""];
          expect(Date.parse(next)).toBeGreaterThan(Date.parse(now));
          expect(Date.parse(last)).toBeLessThanOrEqual(Date.parse(now));
          for (const at of [next, last])
            expect(new Date(berlin.wallAt(Date.parse(at))).toISOString()).toContain(
              `T${text.padStart(5, "0")}:00`,
            );
        },
      ),
    );
  });

  it("never throws, whatever the text is", () => {
    return fc.assert(
      fc.property(hostileText, (text) => {
        readUntil(text, berlin, NOON);
        readSince(text, berlin, NOON);
      }),
    );
  });
});

describe("a time that has passed", () => {
  it.each([
    ["2h", "2026-01-31T10:00:00Z"],
    ["1d12h", "2026-01-30T00:00:00Z"],
    ["9:00", "2026-01-31T08:00:00Z"],
    ["17:00", "2026-01-30T16:00:00Z"],
    ["13:00", "2026-01-31T12:00:00Z"],
    ["yesterday", "2026-01-29T23:00:00Z"],
    ["yesterday 9:00", "2026-01-30T08:00:00Z"],
    ["today", "2026-01-30T23:00:00Z"],
    ["fri", "2026-01-29T23:00:00Z"],
    ["sat", "2026-01-30T23:00:00Z"],
    ["fri 9:00", "2026-01-30T08:00:00Z"],
    ["sat 17:00", "2026-01-24T16:00:00Z"],
    ["2026-01-01", "2025-12-31T23:00:00Z"],
    ["2026-01-31T11:00:00Z", "2026-01-31T11:00:00Z"],
  ])("may be written %j", (text, instant) => {
    expect(since(text)).toBe(instant);
  });
});

describe("a time of people", () => {
  it.each([
    ["now", NOON],
    ["2 hours ago", "2026-01-31T10:00:00Z"],
    ["30min ago", "2026-01-31T11:30:00Z"],
    ["1 week", "2026-01-24T12:00:00Z"],
    ["9am", "2026-01-31T08:00:00Z"],
    ["24:00", "2026-01-30T23:00:00Z"],
  ])("that has passed may be written %j", (text, instant) => {
    expect(since(text)).toBe(instant);
  });

  it.each([
    ["tomorow", 'Cannot read "tomorow" as a time. Did you mean tomorrow?'],
    ["tomorow 9:00", 'Cannot read "tomorow 9:00" as a time. Did you mean tomorrow 9:00?'],
    ["wendesday", 'Cannot read "wendesday" as a time. Did you mean wednesday?'],
    ["next friday", 'Cannot read "next friday" as a time. Did you mean friday?'],
    ["2026-11-31", "There is no day 2026-11-31."],
    ["2026-02-30 9:00", "There is no day 2026-02-30."],
    ["2 hours ago", 'Cannot read "2 hours ago" as a time.'],
    ["13pm", 'Cannot read "13pm" as a time.'],
    ["now", 'Cannot read "now" as a time.'],
    ["24:30", 'Cannot read "24:30" as a time.'],
    ["lunch", 'Cannot read "lunch" as a time.'],
  ])("to come is refused with what may be meant: %j", (text, fault) => {
    expect(readUntil(text, berlin, NOON)).toEqual({ fault });
  });

  it("that has passed is refused so too", () => {
    expect(readSince("last monday", berlin, NOON)).toEqual({
      fault: 'Cannot read "last monday" as a time. Did you mean monday?',
    });
  });
});
