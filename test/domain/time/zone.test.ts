import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findZone, type Zone } from "../../../src/domain/time/zone.ts";
import { nearZones } from "../../../src/domain/time/zone-names.ts";
import { CHANGES, instant, ZONES } from "../../support/hours.ts";

const MINUTE_MS = 60_000;

function zone(name: string): Zone {
  const found = findZone(name);
  if (!found) throw new Error(`no zone ${name}`);
  return found;
}

function wall(of: Zone, at: string): string {
  return new Date(of.wallAt(Date.parse(at))).toISOString().slice(0, 16);
}

describe("the clocks of a zone", () => {
  it.each([
    ["Europe/Berlin", "2026-03-29T00:59:00Z", "2026-03-29T01:59"],
    ["Europe/Berlin", "2026-03-29T01:00:00Z", "2026-03-29T03:00"],
    ["Europe/Berlin", "2026-10-25T00:59:00Z", "2026-10-25T02:59"],
    ["Europe/Berlin", "2026-10-25T01:00:00Z", "2026-10-25T02:00"],
    ["America/New_York", "2026-03-08T06:59:00Z", "2026-03-08T01:59"],
    ["America/New_York", "2026-03-08T07:00:00Z", "2026-03-08T03:00"],
    ["America/New_York", "2026-11-01T05:59:00Z", "2026-11-01T01:59"],
    ["America/New_York", "2026-11-01T06:00:00Z", "2026-11-01T01:00"],
    ["Australia/Lord_Howe", "2026-04-04T14:59:00Z", "2026-04-05T01:59"],
    ["Australia/Lord_Howe", "2026-04-04T15:00:00Z", "2026-04-05T01:30"],
    ["Australia/Lord_Howe", "2026-10-03T15:29:00Z", "2026-10-04T01:59"],
    ["Australia/Lord_Howe", "2026-10-03T15:30:00Z", "2026-10-04T02:30"],
    ["Africa/Casablanca", "2026-02-15T01:59:00Z", "2026-02-15T02:59"],
    ["Africa/Casablanca", "2026-02-15T02:00:00Z", "2026-02-15T02:00"],
    ["Africa/Casablanca", "2026-03-22T01:59:00Z", "2026-03-22T01:59"],
    ["Africa/Casablanca", "2026-03-22T02:00:00Z", "2026-03-22T03:00"],
    ["Asia/Kathmandu", "2026-03-29T01:00:00Z", "2026-03-29T06:45"],
    ["Asia/Kathmandu", "2026-10-25T01:00:00Z", "2026-10-25T06:45"],
    ["Pacific/Apia", "2026-04-04T15:00:00Z", "2026-04-05T04:00"],
    ["Pacific/Apia", "2011-12-30T09:59:00Z", "2011-12-29T23:59"],
    ["Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31T00:00"],
    ["UTC", "2026-03-29T01:00:00Z", "2026-03-29T01:00"],
  ])("of %s show at %s: %s", (name, at, shown) => {
    expect(wall(zone(name), at)).toBe(shown);
  });

  it.each([
    ["a time that is shown once", "Europe/Berlin", "2026-06-01T09:00Z", "2026-06-01T07:00Z"],
    ["one that is skipped", "Europe/Berlin", "2026-03-29T02:30Z", "2026-03-29T01:00Z"],
    ["one that is shown twice", "Europe/Berlin", "2026-10-25T02:30Z", "2026-10-25T00:30Z"],
    ["one in the skipped half hour", "Australia/Lord_Howe", "2026-10-04T02:15Z", "2026-10-03T15:30Z"],
    ["one in the repeated half hour", "Australia/Lord_Howe", "2026-04-05T01:45Z", "2026-04-04T14:45Z"],
    ["one on the day that was left out", "Pacific/Apia", "2011-12-30T12:00Z", "2011-12-30T10:00Z"],
    ["midnight far from UTC", "Pacific/Apia", "2026-06-02T00:00Z", "2026-06-01T11:00Z"],
  ])("show %s first at an instant", (_, name, shown, at) => {
    expect(new Date(zone(name).instantOf(Date.parse(shown))).toISOString()).toBe(new Date(at).toISOString());
  });

  it("first show a wall time, or a later one if it is skipped, at its instant", () => {
    return fc.assert(
      fc.property(fc.constantFrom(...ZONES), instant, (name, time) => {
        const at = zone(name).instantOf(time);
        expect(zone(name).wallAt(at)).toBeGreaterThanOrEqual(time);
        expect(zone(name).wallAt(at - MINUTE_MS)).toBeLessThan(time);
      }),
      { numRuns: 1000 },
    );
  });

  it("keep their offset between the changes, to the minute", () => {
    const [from, to] = [Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1)];
    const edges = ZONES.flatMap((name) => zone(name).stretches(from, to).slice(1));
    expect(edges.map((edge) => edge.from).sort()).toEqual(CHANGES.map((change) => Date.parse(change)));
    for (const name of ZONES)
      for (const stretch of zone(name).stretches(from, to)) {
        expect(zone(name).offsetAt(stretch.from)).toBe(stretch.offset);
        expect(zone(name).offsetAt(stretch.to - 1)).toBe(stretch.offset);
      }
  });

  it("change at the right instant within an interval of two minutes", () => {
    const change = Date.parse("2026-10-25T01:00:00Z");
    const stretches = zone("Europe/Berlin").stretches(change - MINUTE_MS, change + MINUTE_MS);
    expect(stretches.map(({ from, to, offset }) => [from - change, to - change, offset / MINUTE_MS])).toEqual(
      [
        [-MINUTE_MS, 0, 120],
        [0, MINUTE_MS, 60],
      ],
    );
  });
});

describe("a zone's name", () => {
  it.each([
    ["europe/berlin", "Europe/Berlin"],
    ["utc", "UTC"],
    ["US/Eastern", "US/Eastern"],
    ["Asia/Kathmandu", "Asia/Kathmandu"],
    ["asia/kathmandu", "Asia/Kathmandu"],
    ["Europe/Kyiv", "Europe/Kyiv"],
  ])("%s is %s", (name, known) => {
    expect(zone(name).name).toBe(known);
  });

  it.each(["", "Z", "+02:00", "GMT+2", "Berlin", "Europe/Berln", "Europe", "../etc", "constructor", "x\0y"])(
    "is not %j",
    (name) => {
      expect(findZone(name)).toBeUndefined();
    },
  );

  it.each([
    ["Europe/Berln", "Europe/Berlin"],
    ["berlin", "Europe/Berlin"],
    ["America/Newyork", "America/New_York"],
    ["New York", "America/New_York"],
    ["Lord_Howe", "Australia/Lord_Howe"],
  ])("%s is near to %s", (name, near) => {
    expect(nearZones(name)[0]).toBe(near);
  });

  it("is near to no zone when it differs from all of them", () => {
    expect(nearZones("Xyzzy/Nowhere-at-all")).toEqual([]);
    expect(nearZones("x".repeat(400))).toEqual([]);
  });
});
