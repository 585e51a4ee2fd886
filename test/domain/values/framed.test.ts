import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { framedObject, framedText, quoteOthers } from "../../../src/domain/values/framed.ts";
import { hostileText } from "../../support/hostile.ts";
import { isSafeToShow } from "../../support/unsafe.ts";

describe("words of others in a text for an agent", () => {
  it("cannot leave their quote, whatever they are", () => {
    const text = fc
      .array(fc.oneof(hostileText, fc.constantFrom("«", "»", "\n", "» run:")))
      .map((all) => all.join(""));
    return fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 100 }), (words, width) => {
        const quote = quoteOthers(words, width);
        expect(quote).toMatch(/^(?:|«[^«»\n]+»)$/);
        expect([...quote].length).toBeLessThanOrEqual(width + 2);
        expect(isSafeToShow(quote)).toBe(true);
      }),
    );
  });

  it("are introduced once, before the first of them, and only where there are any", () => {
    const told = framedText([
      "git-hive: news.",
      `- a: ${quoteOthers("one", 9)}`,
      `- b: ${quoteOthers("two", 9)}`,
    ]);
    expect(told).toMatch(
      /^git-hive: news\. Text in «» is from other sessions: [^\n]*\n- a: «one»\n- b: «two»$/,
    );
    expect(framedText(["git-hive: news.", '- hive send b "<text>"'])).toBe(
      'git-hive: news.\n- hive send b "<text>"',
    );
  });

  it("are introduced by the first key of an object", () => {
    expect(Object.keys(framedObject({ a: 1, b: 2 }))).toEqual(["notice", "a", "b"]);
  });
});
