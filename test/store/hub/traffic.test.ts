import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Pace } from "../../../src/store/hub/traffic.ts";
import { openSandbox } from "../../support/git-sandbox.ts";

/** A host's memory of its hub's traffic, by a clock that the test moves. */
function open() {
  const { directory, clock } = openSandbox();
  const pace = () => new Pace(directory, () => clock.now);
  return { directory, clock, pace: pace(), later: pace };
}

describe("a host", () => {
  it("that never landed anything pushes first, and has not landed", () => {
    const { pace } = open();
    expect([pace.asksFirst, pace.isCrowded, pace.isPlain, pace.seenAt]).toEqual([false, false, false, 0]);
    expect(pace.hasLandedWithin(1_000_000)).toBe(false);
  });

  it("asks first for five pushes after it landed something, and then no more", () => {
    const { pace, clock } = open();
    pace.landed(200);
    expect(pace.asksFirst).toBe(true);
    clock.now += 999;
    expect(pace.asksFirst).toBe(true);
    clock.now += 1;
    expect(pace.asksFirst).toBe(false);
  });

  it("that was alone when it looked does not look again so soon", () => {
    const { pace, clock } = open();
    pace.landed(200);
    pace.looked(false, false);
    expect(pace.asksFirst).toBe(false);
    clock.now += 900;
    pace.landed(200);
    clock.now += 200;
    expect(pace.asksFirst).toBe(true);
  });

  it("among others asks first each time, until it was alone when it looked", () => {
    const { pace } = open();
    pace.landed(200);
    pace.looked(true, true);
    expect(pace.asksFirst).toBe(true);
    pace.looked(false, false);
    expect(pace.asksFirst).toBe(false);
    pace.lost();
    expect([pace.isCrowded, pace.asksFirst]).toEqual([true, true]);
  });

  it("has landed within a time that is not over yet", () => {
    const { pace, clock } = open();
    pace.landed(10);
    clock.now += 119_999;
    expect(pace.hasLandedWithin(120)).toBe(true);
    clock.now += 1;
    expect(pace.hasLandedWithin(120)).toBe(false);
  });

  it("whose clock went back has landed nothing lately, so that no sign of life waits for a day", () => {
    const { pace, clock } = open();
    pace.landed(10);
    clock.now -= 86_400_000;
    expect([pace.hasLandedWithin(120), pace.asksFirst]).toEqual([false, false]);
  });
});

it("how long a push takes follows what was measured, and stays between it", () => {
  const took = fc.array(fc.double({ min: 0, max: 60_000, noNaN: true }), { minLength: 1, maxLength: 20 });
  return fc.assert(
    fc.property(took, (times) => {
      const { pace, clock } = open();
      for (const each of times) {
        clock.now += 1000;
        pace.landed(each);
      }
      expect(pace.push).toBeGreaterThanOrEqual(Math.min(...times) - 1e-6);
      expect(pace.push).toBeLessThanOrEqual(Math.max(...times) + 1e-6);
    }),
    { numRuns: 30 },
  );
});

describe("what was learned", () => {
  it("is known to a later process once it is kept", () => {
    const { pace, later, clock } = open();
    pace.landed(250);
    pace.looked(true, true);
    pace.staysPlain();
    expect(later().isPlain).toBe(false);
    pace.save();
    expect(later()).toMatchObject({
      push: 250,
      isPlain: true,
      isCrowded: true,
      seenAt: clock.now,
      asksFirst: true,
    });
  });

  it.each(["", "{", "null", "[]", "5", '"x"'])(
    "is forgotten where its file says %j, and nothing else",
    (content) => {
      const { directory, later } = open();
      writeFileSync(join(directory, "pace.json"), content);
      const pace = later();
      expect(pace).toMatchObject({ push: 100, isCrowded: false, isPlain: false, seenAt: 0 });
      pace.landed(100);
      expect(pace.push).toBe(100);
    },
  );

  it("is lost without a word where it cannot be written", () => {
    const { directory, pace, later } = open();
    mkdirSync(join(directory, "pace.json"));
    pace.landed(250);
    pace.save();
    expect(later().push).toBe(100);
  });
});
