import * as fc from "fast-check";
import { expect, it } from "vitest";
import { mergeRetired } from "../../../src/domain/sessions/merge-retired.ts";
import { NOON } from "../../support/builders.ts";

function textOf(ids: readonly string[], retired_at = NOON): string {
  const sessions = Object.fromEntries([...ids].sort().map((id) => [id, { retired_at }]));
  return `${JSON.stringify({ sessions }, null, 2)}\n`;
}

it("keeps what either side retired, and drops what either side took back", () => {
  const base = textOf(["session-1", "session-2"]);
  const ours = textOf(["session-1", "session-2", "session-3"]);
  const theirs = textOf(["session-2", "session-4"]);
  expect(mergeRetired(base, ours, theirs)).toBe(textOf(["session-2", "session-3", "session-4"]));
});

it("merges files that both sides made", () => {
  expect(mergeRetired("", textOf(["session-1"]), textOf(["session-2"]))).toBe(
    textOf(["session-1", "session-2"]),
  );
});

it.each(["[]", "{", '{"sessions":{"No":{}}}'])("leaves %s to a person", (broken) => {
  expect(mergeRetired("", broken, textOf([]))).toBeUndefined();
});

it("is the same in both directions", () => {
  const anyText = fc
    .tuple(
      fc.subarray(["session-1", "session-2", "session-3"]),
      fc.constantFrom(NOON, "2026-02-01T00:00:00Z"),
    )
    .map(([ids, at]) => textOf(ids, at));
  return fc.assert(
    fc.property(anyText, anyText, anyText, (base, ours, theirs) => {
      expect(mergeRetired(base, ours, theirs)).toBe(mergeRetired(base, theirs, ours));
    }),
  );
});
