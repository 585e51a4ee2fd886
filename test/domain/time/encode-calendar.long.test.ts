import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openings } from "../../../src/domain/time/hours.ts";
import { parseHours } from "../../../src/domain/time/parse-hours.ts";
import { CHANGES, writtenHours } from "../../support/hours.ts";
import { expandHours } from "../../support/icalendar.ts";

const DAY_MS = 86_400_000;

describe("a calendar of any hours", () => {
  it("is expanded by another program to our own hours around each clock change", () => {
    const at = fc.constantFrom(...CHANGES, "2027-03-28T01:00:00Z", "2027-10-31T01:00:00Z");
    return fc.assert(
      fc.property(writtenHours, at, ({ text }, change) => {
        const [from, to] = [Date.parse(change) - 5 * DAY_MS, Date.parse(change) + 5 * DAY_MS];
        expect(expandHours(text, { from, to })).toEqual(openings(parseHours(text), from, to));
      }),
      { numRuns: 200 },
    );
  }, 60_000);
});
