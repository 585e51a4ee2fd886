import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isWithin, nextOpening, openings } from "../../../src/domain/time/hours.ts";
import { parseHours } from "../../../src/domain/time/parse-hours.ts";
import { CHANGES, instant, isThere, writtenHours } from "../../support/hours.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;

/** The openings of hours within some days from a UTC instant, like `03-29T01:00 03-29T03:00`. */
function shown(text: string, from: string, days = 2): string[] {
  const start = Date.parse(from);
  return openings(parseHours(text), start, start + days * DAY_MS).map((each) =>
    [each.from, each.to].map((at) => new Date(at).toISOString().slice(5, 16)).join(" "),
  );
}

describe("hours stay the same in wall time when the clocks change", () => {
  it.each([
    ["before Berlin's spring", "09:00-17:00 Europe/Berlin", "2026-03-28", ["03-28T08:00 03-28T16:00"]],
    ["after it", "09:00-17:00 Europe/Berlin", "2026-03-29", ["03-29T07:00 03-29T15:00"]],
    ["after Berlin's autumn", "09:00-17:00 Europe/Berlin", "2026-10-25", ["10-25T08:00 10-25T16:00"]],
    ["before New York's spring", "09:00-17:00 America/New_York", "2026-03-07", ["03-07T14:00 03-07T22:00"]],
    ["after it", "09:00-17:00 America/New_York", "2026-03-08", ["03-08T13:00 03-08T21:00"]],
    ["after New York's autumn", "09:00-17:00 America/New_York", "2026-11-01", ["11-01T14:00 11-01T22:00"]],
    ["before Lord Howe's autumn", "12-13 Australia/Lord_Howe", "2026-04-04", ["04-04T01:00 04-04T02:00"]],
    ["after it", "12-13 Australia/Lord_Howe", "2026-04-05", ["04-05T01:30 04-05T02:30"]],
    ["after Lord Howe's spring", "12-13 Australia/Lord_Howe", "2026-10-04", ["10-04T01:00 10-04T02:00"]],
    ["before Ramadan", "09-17 Africa/Casablanca", "2026-02-14", ["02-14T08:00 02-14T16:00"]],
    ["in Ramadan", "09-17 Africa/Casablanca", "2026-02-15", ["02-15T09:00 02-15T17:00"]],
    ["after Ramadan", "09-17 Africa/Casablanca", "2026-03-22", ["03-22T08:00 03-22T16:00"]],
    ["in Kathmandu", "09-17 Asia/Kathmandu", "2026-03-29", ["03-29T03:15 03-29T11:15"]],
    ["in Apia, a day ahead", "Tue 09-17 Pacific/Apia", "2026-06-01", ["06-01T20:00 06-02T00:00"]],
    ["begins in the skipped hour", "02:30-05:00 Europe/Berlin", "2026-03-29", ["03-29T01:00 03-29T03:00"]],
    ["ends in the skipped hour", "Sun 01:00-02:30 Europe/Berlin", "2026-03-29", ["03-29T00:00 03-29T01:00"]],
    ["is in the skipped hour", "02:00-03:00 Europe/Berlin", "2026-03-29", []],
    ["contains the repeated hour", "01:00-05:00 Europe/Berlin", "2026-10-25", ["10-25T00:00 10-25T04:00"]],
    [
      "begins in the repeated hour: a time that the clocks show twice is included twice",
      "02:30-05:00 Europe/Berlin",
      "2026-10-25",
      ["10-25T00:30 10-25T01:00", "10-25T01:30 10-25T04:00"],
    ],
    [
      "is in the repeated half hour",
      "Sun 01:30-01:45 Australia/Lord_Howe",
      "2026-04-04",
      ["04-04T14:30 04-04T14:45", "04-04T15:00 04-04T15:15"],
    ],
    ["is a night over the spring", "Sat 22-06 Europe/Berlin", "2026-03-28", ["03-28T21:00 03-29T00:00"]],
    ["is Sunday night, into Monday", "Sun 22-06 UTC", "2026-02-01", ["02-01T22:00 02-02T00:00"]],
    ["is Sunday night, from Monday on", "Sun 22-06 UTC", "2026-02-02", ["02-02T00:00 02-02T06:00"]],
  ])("%s", (_, text, day, intervals) => {
    expect(shown(text, `${day}T00:00:00Z`, 1)).toEqual(intervals);
  });

  it("joins windows that touch, over midnight and over the end of the week", () => {
    expect(shown("Sun 00-24; Mon 00-01 UTC", "2026-01-31T00:00:00Z", 4)).toEqual(["02-01T00:00 02-02T01:00"]);
    expect(shown("24/7", "2026-01-31T00:00:00Z", 30)).toEqual(["01-31T00:00 03-02T00:00"]);
  });

  it("skips a day that the calendar left out", () => {
    expect(shown("Thu-Sat 12-13 Pacific/Apia", "2011-12-29T00:00:00Z", 4)).toEqual([
      "12-29T22:00 12-29T23:00",
      "12-30T22:00 12-30T23:00",
    ]);
  });
});

describe("whether a session is available", () => {
  it("agrees with the wall time and the written windows, at any instant", () => {
    return fc.assert(
      fc.property(writtenHours, instant, (written, at) => {
        expect(isWithin(parseHours(written.text), at)).toBe(isThere(written, at));
      }),
      { numRuns: 3000 },
    );
  });

  it("agrees with a minute-by-minute check of the two days around a clock change", () => {
    return fc.assert(
      fc.property(writtenHours, fc.constantFrom(...CHANGES), (written, change) => {
        const [from, to] = [Date.parse(change) - DAY_MS, Date.parse(change) + DAY_MS];
        const walked: number[] = [];
        for (let at = from; at < to; at += MINUTE_MS)
          if (isThere(written, at) !== (at > from && isThere(written, at - MINUTE_MS))) walked.push(at);
        if (walked.length % 2 === 1) walked.push(to);
        const found = openings(parseHours(written.text), from, to).flatMap((each) => [each.from, each.to]);
        expect(found).toEqual(walked);
      }),
      { numRuns: 60 },
    );
  });

  it("is true at the next opening, and not before it", () => {
    return fc.assert(
      fc.property(writtenHours, instant, (written, at) => {
        const hours = parseHours(written.text);
        const next = nextOpening(hours, at);
        if (next === undefined) throw new Error("the hours never open");
        expect(isWithin(hours, next)).toBe(true);
        expect(next === at || !isWithin(hours, at)).toBe(true);
        expect(openings(hours, at, next)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it("is true a week later when the clocks skip the hours this week", () => {
    const hours = parseHours("Sun 02:00-03:00 Europe/Berlin");
    const next = nextOpening(hours, Date.parse("2026-03-23T00:00:00Z")) ?? 0;
    expect(new Date(next).toISOString()).toBe("2026-04-05T00:00:00.000Z");
  });
});
