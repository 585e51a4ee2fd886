import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstLine, makeVisible } from "../../../src/domain/values/visible.ts";
import { isSafeToShow } from "../../support/unsafe.ts";

/** Characters that make dangerous texts more likely than random ones would. */
const dangerous = fc.constantFrom(
  ..."\u0000\u0007\u0008\u000d\u001b\u007f\u0085\u009b\u061c\u200b\u200e\u202e\u2028\u2060\u2066\ufeff\ufff9",
  "\u{e0041}",
  "\u200c",
  "\u200d",
  "\ufe0f",
  "\u{1f468}",
  "\u{1f3fd}",
  "\u0645",
  "\ud800",
  "\udc00",
  "\\u{1b}",
  "\n",
  "\t",
  " ",
  "x",
);
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.string({ unit: dangerous, maxLength: 60 }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
);

describe("a text made visible", () => {
  it("has no character that controls a terminal or deceives a reader", () => {
    return fc.assert(
      fc.property(anyText, (text) => {
        expect(isSafeToShow(makeVisible(text))).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  it("does not change when it is made visible again", () => {
    return fc.assert(
      fc.property(anyText, (text) => {
        expect(makeVisible(makeVisible(text))).toBe(makeVisible(text));
      }),
      { numRuns: 2000 },
    );
  });

  it("shows every unsafe code point by its number, and few others", () => {
    const codes = [...Array(0x110000).keys()];
    const unsafe = codes.filter((code) => !isSafeToShow(String.fromCodePoint(code)));
    expect(
      unsafe.filter((code) => makeVisible(String.fromCodePoint(code)) !== `\\u{${code.toString(16)}}`),
    ).toEqual([]);
    const changed = codes.filter((code) => makeVisible(String.fromCodePoint(code)).length > 2);
    expect(changed.length - unsafe.length).toBeLessThan(40);
  });

  it.each([
    [
      "joiners that join",
      "\u{1f469}\u200d\u{1f4bb} \u0645\u06cc\u200c\u062e",
      "\u{1f469}\u200d\u{1f4bb} \u0645\u06cc\u200c\u062e",
    ],
    ["plain text", "Größe 字 😀 \t\n end", "Größe 字 😀 \t\n end"],
    ["a color", "\u001b[31mred", "\\u{1b}[31mred"],
    ["an escape inside an escape", "\u001b[\u001b[31m31m", "\\u{1b}[\\u{1b}[31m31m"],
    ["a carriage return", "safe\rEVIL", "safe\\u{d}EVIL"],
    ["an override", "exe.\u202egpj", "exe.\\u{202e}gpj"],
    ["hidden tags", "hi\u{e0068}\u{e0069}", "hi\\u{e0068}\\u{e0069}"],
  ])("shows %s", (_, text, shown) => {
    expect(makeVisible(text)).toBe(shown);
  });

  it.each([
    ["between letters", "ad\u200dmin"],
    ["between letters, the other one", "ad\u200cmin"],
    ["in a row, which can spell a hidden text", "x\u200c\u200d\u200c\u200cy"],
    ["after a mark of Arabic that is itself shown", "\u061c\u200c"],
  ])("shows a zero-width joiner that joins nothing: %s", (_, text) => {
    expect(makeVisible(text)).toContain("\\u{200");
  });
});

describe("the first line of a text", () => {
  it.each([
    ["short", 10, "short"],
    ["  two\n\n words  ", 20, "two words"],
    ["a text that is too long", 10, "a text th…"],
    ["😀😀😀😀", 3, "😀😀…"],
    ["\u001b[31m", 20, "\\u{1b}[31m"],
  ])("%j in %i characters is %j", (text, width, line) => {
    expect(firstLine(text, width)).toBe(line);
  });

  it("is one visible line within the width, for any text", () => {
    return fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 80 }), (text, width) => {
        const line = firstLine(text, width);
        expect(isSafeToShow(line)).toBe(true);
        expect(line).not.toMatch(/[\n\t]/);
        expect([...line].length).toBeLessThanOrEqual(width);
      }),
      { numRuns: 2000 },
    );
  });

  it("does not cut a character in half", () => {
    expect(firstLine(`x${" ".repeat(238)}😀`, 60)).not.toContain("\\u{d83d}");
  });

  it("shows the words after much white space, or that it was cut", () => {
    expect(firstLine(`start${" ".repeat(300)}end`, 60)).toMatch(/^start(?: end|…)$/);
  });
});
