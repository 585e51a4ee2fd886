import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { disarmCommands, disarmJson } from "../../../src/domain/issues/disarm.ts";
import { makeVisible } from "../../../src/domain/values/visible.ts";
import { hostileText } from "../../support/hostile.ts";
import { readCommands } from "../../support/workflows/runner-commands.ts";

const TRICKS = [
  "::error::x",
  "  ::add-mask::y",
  "\u00a0::stop-commands::z",
  "\ufe0f::error::x",
  ":\ufe0f:error::x",
  "text ##[add-mask]e",
  "##[error]x",
  "#\ufe0f#[error]x",
  "a\n::set-output name=x::y",
  "::::error::",
  "##[[error]]",
];

describe("foreign text that a workflow prints", () => {
  it.each(TRICKS)("is no command: %j", (text) => {
    expect(readCommands(text)).not.toEqual([]);
    expect(readCommands(disarmCommands(text))).toEqual([]);
    expect(readCommands(disarmJson(JSON.stringify(text)))).toEqual([]);
  });

  it("is no command, for any text", () => {
    const text = fc.array(fc.oneof(fc.constantFrom(...TRICKS), hostileText), { maxLength: 5 });
    return fc.assert(
      fc.property(text, (parts) => {
        const joined = parts.join("");
        expect(readCommands(disarmCommands(makeVisible(joined)))).toEqual([]);
        expect(JSON.parse(disarmJson(JSON.stringify(joined)))).toBe(joined);
      }),
      { numRuns: 2000 },
    );
  });

  it("does not change if it contains no command", () => {
    const text = "12:30 a::b [x] #1 ## [y]\n  : : no";
    expect(disarmCommands(text)).toBe(text);
  });
});
