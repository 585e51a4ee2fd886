import * as fc from "fast-check";
import { expect, it } from "vitest";
import { type LockHolder, OwnerWatch } from "../../../src/store/host/owner-watch.ts";
import { thisProcess } from "../../../src/store/host/process-id.ts";

function holder(over: Partial<LockHolder> = {}): LockHolder {
  return { number: 3, owner: thisProcess(), liveness: "unknown", sign: "", ...over };
}

/** A watch whose clock a test moves. */
function watch() {
  const clock = { now: 0 };
  return { clock, owners: new OwnerWatch(() => clock.now) };
}

it("an owner that cannot be judged is succeeded when it was silent for 5 s, not before", () => {
  const { clock, owners } = watch();
  owners.observe(holder());
  clock.now = 5000;
  owners.observe(holder());
  expect(owners.passable).toBeUndefined();
  clock.now = 5001;
  owners.observe(holder());
  expect(owners.passable).toBe(3);
});

it("a living owner is succeeded after 40 s, whether or not it can be judged", () => {
  for (const liveness of ["alive", "unknown"] as const) {
    const { clock, owners } = watch();
    for (clock.now = 0; clock.now <= 40_000; clock.now += 1000) {
      owners.observe(holder({ liveness, sign: String(clock.now) }));
      expect(owners.passable).toBeUndefined();
    }
    expect(owners.passable).toBe(3);
  }
});

it("an owner that shows life in less than 5 s, and any owner that is new, keeps the lock", () => {
  const step = fc.record({ ms: fc.nat({ max: 4999 }), change: fc.constantFrom("sign", "number") });
  return fc.assert(
    fc.property(fc.array(step, { maxLength: 7 }), (steps) => {
      const { clock, owners } = watch();
      let seen = holder();
      for (const { ms, change } of steps) {
        owners.observe(seen);
        clock.now += ms;
        expect(owners.passable).toBeUndefined();
        seen = change === "sign" ? { ...seen, sign: `${seen.sign}.` } : { ...seen, number: seen.number + 1 };
      }
    }),
  );
});

it("nothing is passed when the lock is free", () => {
  const { clock, owners } = watch();
  owners.observe(holder());
  clock.now = 100_000;
  owners.observe(undefined);
  expect(owners.passable).toBeUndefined();
});
