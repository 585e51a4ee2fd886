import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pollPause } from "../../../src/app/hive/poll-interval.ts";

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const misses = fc.nat({ max: 10_000 });

describe("the pause before the hub is asked again", () => {
  it("is 2 s after news, and grows with each poll without news", () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8].map((n) => pollPause(n, 0))).toEqual([
      2000, 3000, 4500, 6750, 10_125, 15_188, 22_781, 24_000, 24_000,
    ]);
  });

  it("is always from 2 to 30 s", () => {
    fc.assert(
      fc.property(misses, chance, (n, random) => {
        expect(pollPause(n, random)).toBeGreaterThanOrEqual(2000);
        expect(pollPause(n, random)).toBeLessThanOrEqual(30_000);
      }),
    );
  });

  it("differs between sessions, and never shrinks with more polls without news", () => {
    fc.assert(
      fc.property(misses, chance, (n, random) => {
        expect(pollPause(n + 1, random)).toBeGreaterThanOrEqual(pollPause(n, random));
        expect(pollPause(n, 0.99)).toBeGreaterThan(pollPause(n, 0));
      }),
    );
  });
});
