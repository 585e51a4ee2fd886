import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OPERATIONS } from "../../src/domain/operations.ts";
import { canRideAlong } from "../../src/domain/waiting.ts";
import { anOperation } from "../support/builders.ts";

describe("a heartbeat", () => {
  it.each([{}, undefined, null, { work: undefined, status: undefined }])(
    "with nothing to say (%j) can wait for the next push",
    (input) => {
      expect(canRideAlong(anOperation(input, { kind: "heartbeat" }))).toBe(true);
    },
  );

  it.each([
    { work: "Review" },
    { status: "idle" },
    { work: undefined, status: "active" },
    { later: null },
    "text",
  ])("that says something (%j) goes out at once", (input) => {
    expect(canRideAlong(anOperation(input, { kind: "heartbeat" }))).toBe(false);
  });
});

it("nothing of another kind waits, whatever it says", () => {
  const kinds = Object.keys(OPERATIONS).filter((kind) => kind !== "heartbeat");
  return fc.assert(
    fc.property(fc.constantFrom(...kinds, "Heartbeat", "heartbeat "), fc.jsonValue(), (kind, input) => {
      expect(canRideAlong(anOperation(input, { kind }))).toBe(false);
    }),
  );
});
