import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HubTraffic } from "../../../src/store/hub/traffic.ts";
import { openSandbox } from "../../support/git-sandbox.ts";

/** A host's record of its hub's traffic, with a clock that the test moves. */
function open() {
  const { directory, clock } = openSandbox();
  const traffic = () => new HubTraffic(directory, () => clock.now);
  return { directory, clock, traffic: traffic(), later: traffic };
}

describe("a host", () => {
  it("that never landed an operation pushes first, and has not landed", () => {
    const { traffic } = open();
    expect([traffic.fetchesFirst, traffic.isCrowded, traffic.refusesOutboxes, traffic.seenAt]).toEqual([
      false,
      false,
      false,
      0,
    ]);
    expect(traffic.hasLandedWithin(1_000_000)).toBe(false);
  });

  it("fetches first for five push durations after it landed an operation, and then no more", () => {
    const { traffic, clock } = open();
    traffic.landed(200);
    expect(traffic.fetchesFirst).toBe(true);
    clock.now += 999;
    expect(traffic.fetchesFirst).toBe(true);
    clock.now += 1;
    expect(traffic.fetchesFirst).toBe(false);
  });

  it("that was alone at its last fetch does not fetch again soon", () => {
    const { traffic, clock } = open();
    traffic.landed(200);
    traffic.fetched(false, false);
    expect(traffic.fetchesFirst).toBe(false);
    clock.now += 900;
    traffic.landed(200);
    clock.now += 200;
    expect(traffic.fetchesFirst).toBe(true);
  });

  it("among others fetches first each time, until it was alone at its last fetch", () => {
    const { traffic } = open();
    traffic.landed(200);
    traffic.fetched(true, true);
    expect(traffic.fetchesFirst).toBe(true);
    traffic.fetched(false, false);
    expect(traffic.fetchesFirst).toBe(false);
    traffic.lost();
    expect([traffic.isCrowded, traffic.fetchesFirst]).toEqual([true, true]);
  });

  it("has landed within a time that is not over yet", () => {
    const { traffic, clock } = open();
    traffic.landed(10);
    clock.now += 119_999;
    expect(traffic.hasLandedWithin(120)).toBe(true);
    clock.now += 1;
    expect(traffic.hasLandedWithin(120)).toBe(false);
  });

  it("whose clock went back has landed nothing recently, so that no heartbeat waits for a day", () => {
    const { traffic, clock } = open();
    traffic.landed(10);
    clock.now -= 86_400_000;
    expect([traffic.hasLandedWithin(120), traffic.fetchesFirst]).toEqual([false, false]);
  });
});

it("the push duration follows the measured durations, and stays between them", () => {
  const took = fc.array(fc.double({ min: 0, max: 60_000, noNaN: true }), { minLength: 1, maxLength: 20 });
  return fc.assert(
    fc.property(took, (times) => {
      const { traffic, clock } = open();
      for (const each of times) {
        clock.now += 1000;
        traffic.landed(each);
      }
      expect(traffic.push).toBeGreaterThanOrEqual(Math.min(...times) - 1e-6);
      expect(traffic.push).toBeLessThanOrEqual(Math.max(...times) + 1e-6);
    }),
    { numRuns: 30 },
  );
});

describe("the record", () => {
  it("is known to a later process once it is saved", () => {
    const { traffic, later, clock } = open();
    traffic.landed(250);
    traffic.fetched(true, true);
    traffic.outboxRefused();
    expect(later().refusesOutboxes).toBe(false);
    traffic.save();
    expect(later()).toMatchObject({
      push: 250,
      refusesOutboxes: true,
      isCrowded: true,
      seenAt: clock.now,
      fetchesFirst: true,
    });
  });

  it.each(["", "{", "null", "[]", "5", '"x"'])(
    "is reset when its file contains %j, and nothing else",
    (content) => {
      const { directory, later } = open();
      writeFileSync(join(directory, "pace.json"), content);
      const traffic = later();
      expect(traffic).toMatchObject({ push: 100, isCrowded: false, refusesOutboxes: false, seenAt: 0 });
      traffic.landed(100);
      expect(traffic.push).toBe(100);
    },
  );

  it("is lost without an error when it cannot be written", () => {
    const { directory, traffic, later } = open();
    mkdirSync(join(directory, "pace.json"));
    traffic.landed(250);
    traffic.save();
    expect(later().push).toBe(100);
  });
});
