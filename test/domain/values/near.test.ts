import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isNear } from "../../../src/domain/values/near.ts";

describe("a mistyped word", () => {
  it.each([
    ["bobb", "bob"],
    ["bo", "bob", false],
    ["hihg", "high"],
    ["Urgent", "urgent"],
    ["urgnet", "urgent"],
    ["sesion-1", "session-1"],
    ["messages", "message"],
    ["session-9", "session-1", false],
    ["session-12", "session-1", false],
    ["slow", "high", false],
    ["help", "high", false],
    ["zoe", "bob", false],
  ])("%s, for %s: %s", (word, other, expected = true) => {
    expect(isNear(word, other)).toBe(expected);
  });

  const words = fc.stringMatching(/^[a-z]{4,12}$/);

  it("is near with one letter left out, doubled, replaced or swapped, and the same in both directions", () => {
    fc.assert(
      fc.property(words, fc.nat(), (word, seed) => {
        const at = seed % (word.length - 1);
        const [start, end] = [word.slice(0, at), word.slice(at + 1)];
        const slipped = [
          start + end,
          start + word[at] + word[at] + end,
          `${start}-${end}`,
          start + word[at + 1] + word[at] + word.slice(at + 2),
        ];
        for (const each of slipped) {
          expect(isNear(each, word)).toBe(true);
          expect(isNear(word, each)).toBe(true);
        }
      }),
    );
  });

  it("is not compared where it is long", () => {
    expect(isNear("x".repeat(1_000_000), "x".repeat(999_999))).toBe(false);
  });
});
