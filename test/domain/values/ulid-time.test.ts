import * as fc from "fast-check";
import { ulid } from "ulid";
import { expect, it } from "vitest";
import { ulidTime } from "../../../src/domain/values/ulid.ts";

const instant = fc.integer({ min: 1, max: 2 ** 48 - 1 });

it("the time of an id is the millisecond it was made for", () => {
  return fc.assert(
    fc.property(instant, (at) => {
      expect(ulidTime(ulid(at))).toBe(at);
    }),
  );
});

it("ids of different milliseconds are in the order of their times", () => {
  return fc.assert(
    fc.property(instant, instant, (one, two) => {
      fc.pre(one !== two);
      expect(ulid(one) < ulid(two)).toBe(ulidTime(ulid(one)) < ulidTime(ulid(two)));
    }),
  );
});

it("the time without an id is 0", () => {
  expect([ulidTime(undefined), ulidTime("")]).toEqual([0, 0]);
});
