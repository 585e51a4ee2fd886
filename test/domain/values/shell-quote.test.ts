import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldForShell, quoteForShell } from "../../../src/domain/values/shell-quote.ts";

describe("quoting a text for a shell", () => {
  it.each([
    ["plain words", "build the UI", '"build the UI"'],
    ["an apostrophe", "don't", `"don't"`],
    ["a variable", "echo $HOME", "'echo $HOME'"],
    ["a substitution", "`id` and $(id)", "'`id` and $(id)'"],
    ["double quotes", 'say "hi"', `'say "hi"'`],
    ["history expansion", "now!!", "'now!!'"],
    ["both kinds of quotes", `a'; rm -rf ~; echo "b`, `'a'\\''; rm -rf ~; echo "b'`],
    ["line breaks, which would run what is pasted", "one\nrm -rf ~\r\ntwo", '"one rm -rf ~ two"'],
    ["the end of a bracketed paste", "x\u001b[201~\nid", '"x [201~ id"'],
    ["text that is shown in another order", "safe\u202eevil", '"safe evil"'],
    ["a backslash at the end", "path\\", "'path\\'"],
  ])("keeps %s from doing anything", (_, text, quoted) => {
    expect(quoteForShell(text)).toBe(quoted);
  });

  it("gives a shell the folded text as exactly one argument", () => {
    const risky = fc.constantFrom(
      "'",
      '"',
      "$",
      "`",
      "\\",
      "!",
      "\n",
      " ",
      ";",
      "&",
      "(",
      ")",
      "a",
      "é",
      "\u0007",
    );
    const texts = fc.array(fc.string({ unit: risky, maxLength: 30 }), { minLength: 50, maxLength: 50 });
    fc.assert(
      fc.property(texts, (all) => {
        const script = `printf '%s\\n' ${all.map(quoteForShell).join(" ")}`;
        const printed = execFileSync("sh", ["-c", script], { encoding: "utf8" });
        expect(printed).toBe(all.map((text) => `${foldForShell(text)}\n`).join(""));
      }),
      { numRuns: 10 },
    );
  });
});
