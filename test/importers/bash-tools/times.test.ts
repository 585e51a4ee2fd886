import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Instant } from "../../../src/domain/values/instant.ts";
import { newestOf, oldestOf, readTime, timeInName } from "../../../src/importers/bash-tools/times.ts";

describe("reading the old tools' times", () => {
  it.each([
    ["2025-11-15T17:54:11Z", "2025-11-15T17:54:11Z"],
    ["2025-11-15 00:42:41 UTC", "2025-11-15T00:42:41Z"],
    ["2025-11-15 00:45 UTC", "2025-11-15T00:45:00Z"],
    ["2025-11-15", "2025-11-15T00:00:00Z"],
    [" 2025-11-15 00:42:41 ", "2025-11-15T00:42:41Z"],
    ["2025-11-15T17:54:11.987654Z", "2025-11-15T17:54:11Z"],
    ["2025-11-15T17:54:11+01:00", "2025-11-15T16:54:11Z"],
    ["2025-11-15T17:54:11-0800", "2025-11-16T01:54:11Z"],
    ["1763234880", "2025-11-15T19:28:00Z"],
    [1763234880.566482, "2025-11-15T19:28:00Z"],
    [1763234880566, "2025-11-15T19:28:00Z"],
  ])("reads %j as %s", (written, instant) => {
    expect(readTime(written)).toBe(instant);
  });

  it.each([
    '$(date -u +"%Y-%m-%d %H:%M:%S UTC")',
    "2026-02-30T00:00:00Z",
    "2026-99-99",
    "2025-11-15 25:00 UTC",
    "9999-01-01T00:00:00Z",
    "1999-12-31 23:59:59 UTC",
    "yesterday",
    "",
    "0",
    0,
    -1,
    1e300,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    null,
    undefined,
    true,
    {},
    "2".repeat(100_000),
  ])("reads %j as no time", (written) => {
    expect(readTime(written)).toBeUndefined();
  });

  it.each([
    ["messages/broadcast/2025-11-15_09-54-11-session-1.json", "2025-11-15T09:54:11Z"],
    ["2025-11-15_09-54-11", "2025-11-15T09:54:11Z"],
    ["2025-11-15_09-54-61-session-1.json", undefined],
    ["session-1.json", undefined],
  ])("reads the time in the name %s as %s", (path, instant) => {
    expect(timeInName(path)).toBe(instant);
  });

  it("finds the newest and the oldest, and neither in an empty list", () => {
    const times = ["2025-02-01T00:00:00Z", "2025-03-01T00:00:00Z", "2025-01-01T00:00:00Z"];
    expect([newestOf(times), oldestOf(times)]).toEqual(["2025-03-01T00:00:00Z", "2025-01-01T00:00:00Z"]);
    expect([newestOf([]), oldestOf([])]).toEqual([undefined, undefined]);
  });

  it("gives valid instants or undefined, for any value", () => {
    return fc.assert(
      fc.property(
        fc.oneof(fc.anything(), fc.double(), fc.date({ noInvalidDate: false }).map(String)),
        (written) => {
          const time = readTime(written);
          expect(time === undefined || Instant.safeParse(time).success).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
