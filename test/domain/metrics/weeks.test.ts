import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isoWeek, lastWeeks } from "../../../src/domain/metrics/weeks.ts";

const instant = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2099, 11, 31) });
const write = (time: number) => new Date(time).toISOString();
const DAY_MS = 86_400_000;

describe("the ISO week of an instant", () => {
  it.each([
    ["2026-01-31T12:00:00Z", "2026-W05"],
    ["2025-12-29T00:00:00Z", "2026-W01"],
    ["2025-12-28T23:59:59Z", "2025-W52"],
    ["2021-01-03T23:59:59Z", "2020-W53"],
    ["2021-01-04T00:00:00Z", "2021-W01"],
    ["2027-01-01T00:00:00Z", "2026-W53"],
    ["2024-12-30T00:00:00Z", "2025-W01"],
    ["2000-01-01T00:00:00Z", "1999-W52"],
  ])("%s lies in %s", (at, week) => {
    expect(isoWeek(at)).toBe(week);
  });

  it("is the same from Monday to Sunday, and the next week sorts after it", () => {
    fc.assert(
      fc.property(instant, (time) => {
        const day = new Date(time).getUTCDay() || 7;
        const monday = time - (day - 1) * DAY_MS;
        expect(isoWeek(write(monday))).toBe(isoWeek(write(monday + 6 * DAY_MS)));
        expect(isoWeek(write(monday + 7 * DAY_MS)) > isoWeek(write(monday))).toBe(true);
      }),
    );
  });

  it("is the last of the last weeks, which are consecutive", () => {
    expect(lastWeeks(3, "2027-01-04T00:00:00Z")).toEqual(["2026-W52", "2026-W53", "2027-W01"]);
    fc.assert(
      fc.property(instant, (time) => {
        const weeks = lastWeeks(6, write(time));
        expect(weeks.at(-1)).toBe(isoWeek(write(time)));
        expect(new Set(weeks).size).toBe(6);
        expect([...weeks].sort()).toEqual(weeks);
      }),
    );
  });
});
