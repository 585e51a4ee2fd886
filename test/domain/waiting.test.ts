import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OPERATIONS } from "../../src/domain/operations.ts";
import { canRideAlong } from "../../src/domain/waiting.ts";
import { anOperation } from "../support/builders.ts";

describe("a heartbeat", () => {
  it.each([{}, undefined, null, { work: undefined, status: undefined }])(
    "without news (%j) can wait for the next push",
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
  ])("with news (%j) is sent at once", (input) => {
    expect(canRideAlong(anOperation(input, { kind: "heartbeat" }))).toBe(false);
  });
});

it("an operation of another kind does not wait for the next push, whatever its input is", () => {
  const kinds = Object.keys(OPERATIONS).filter((kind) => kind !== "heartbeat");
  return fc.assert(
    fc.property(fc.constantFrom(...kinds, "Heartbeat", "heartbeat "), fc.jsonValue(), (kind, input) => {
      expect(canRideAlong(anOperation(input, { kind }))).toBe(false);
    }),
  );
});
