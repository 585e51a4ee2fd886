import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseUntil } from "../../../src/domain/time/parse-until.ts";
import { findZone, utc } from "../../../src/domain/time/zone.ts";
import { NOON } from "../../support/builders.ts";
import { hostileText } from "../../support/hostile.ts";

const berlin = findZone("Europe/Berlin") ?? utc();

describe("a future time", () => {
  it.each([
    ["2h", "2026-01-31T14:00:00Z"],
    ["90s", "2026-01-31T12:01:30Z"],
    ["2026-02-01T09:00:00Z", "2026-02-01T09:00:00Z"],
    ["2026-02-01T09:00:00.500Z", "2026-02-01T09:00:00Z"],
    ["2026-02-01T09:00:00+01:00", "2026-02-01T08:00:00Z"],
    ["2026-02-01T09:00-05:00", "2026-02-01T14:00:00Z"],
    ["17:00", "2026-01-31T16:00:00Z"],
    ["9:00", "2026-02-01T08:00:00Z"],
    ["13:00", "2026-02-01T12:00:00Z"],
    ["Mon 09:00", "2026-02-02T08:00:00Z"],
    ["sat 17:00", "2026-01-31T16:00:00Z"],
    ["Saturday 12:00", "2026-02-07T11:00:00Z"],
    ["09:00 Asia/Kathmandu", "2026-02-01T03:15:00Z"],
    ["Mon 09:00 utc", "2026-02-02T09:00:00Z"],
  ])("may be written %j", (text, instant) => {
    expect(parseUntil(text, berlin, NOON)).toBe(instant);
  });

  it.each([
    ["is later by the hour that the clocks skip", "2026-03-28T12:00:00Z", "09:00", "2026-03-29T07:00:00Z"],
    ["is not on the day that skips it", "2026-03-28T12:00:00Z", "02:30", "2026-03-30T00:30:00Z"],
    ["is not in the week that skips it", "2026-03-28T12:00:00Z", "Sun 02:30", "2026-04-05T00:30:00Z"],
    ["comes twice when the clocks are set back", "2026-10-24T12:00:00Z", "02:30", "2026-10-25T00:30:00Z"],
    ["comes a second time", "2026-10-25T00:30:00Z", "02:30", "2026-10-25T01:30:00Z"],
  ])("on a clock %s", (_, now, text, instant) => {
    expect(parseUntil(text, berlin, now)).toBe(instant);
  });

  it.each([
    "",
    "tomorrow",
    "2026-02-01",
    "2026-02-01T09:00:00",
    "2026-02-30T09:00:00Z",
    "24:00",
    "17:60",
    "25:00",
    "17",
    "Mno 09:00",
    "09:00 Europe/Berln",
    "-2h",
    "2 h",
    "Mon",
  ])("is not %j", (text) => {
    expect(parseUntil(text, berlin, NOON)).toBeUndefined();
  });

  it("is always after now when it is a clock time", () => {
    return fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 0, max: 527_040 }),
        (minute, passed) => {
          const now = new Date(Date.UTC(2026, 0, 1) + passed * 60_000).toISOString();
          const text = `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`;
          const until = parseUntil(text, berlin, now) ?? "";
          expect(Date.parse(until)).toBeGreaterThan(Date.parse(now));
          expect(new Date(berlin.wallAt(Date.parse(until))).toISOString()).toContain(
            `T${text.padStart(5, "0")}:00`,
          );
        },
      ),
    );
  });

  it("never throws, whatever the text is", () => {
    return fc.assert(fc.property(hostileText, (text) => void parseUntil(text, berlin, NOON)));
  });
});
