import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findConflict } from "../../../src/domain/validation/conflict.ts";

const WHOLE = "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> side\n";

describe("merge markers", () => {
  it.each([
    ["all of it", WHOLE, 0],
    ["after other lines", `x\ny\n${WHOLE}`, 4],
    ["with the base between", "<<<<<<< a\n1\n||||||| b\n2\n=======\n3\n>>>>>>> c\n", 0],
    ["with line ends of Windows", WHOLE.replaceAll("\n", "\r\n"), 0],
    ["the start alone", "{\n<<<<<<< HEAD\n", 2],
    ["the end alone", "{\n>>>>>>> side\n", 2],
  ])("is found in a file with a format: %s", (_, text, at) => {
    expect(findConflict(text, false)).toBe(at);
  });

  it.each([
    ["the start alone", "<<<<<<< HEAD\n"],
    ["a heading", "Title\n=======\n"],
    ["quoted", WHOLE.replaceAll(/^/gm, "> ")],
    ["in another order", ">>>>>>> b\n=======\n<<<<<<< a\n"],
    ["shorter marks", WHOLE.replaceAll("<<<<<<<", "<<<<<<")],
  ])("is not found in a text for people: %s", (_, text) => {
    expect(findConflict(text, true)).toBeUndefined();
  });

  it("are found at any position", () => {
    const anyLine = fc.constantFrom("a", "", "=======", "<<<<<<", "  <<<<<<< HEAD");
    return fc.assert(
      fc.property(fc.array(anyLine), fc.array(anyLine), (before, after) => {
        const text = [...before, WHOLE, ...after].join("\n");
        expect(text.slice(findConflict(text, true))).toMatch(/^<<<<<<< HEAD\na\n/);
      }),
    );
  });
});
