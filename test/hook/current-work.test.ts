import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { workIn } from "../../src/hook/current-work.ts";
import { isOneVisibleLine } from "../support/unsafe.ts";

describe("the current work of a session", () => {
  it("is the start of the user's prompt, on one line", () => {
    expect(workIn("  Fix the login\n\nof the app ")).toBe("Fix the login of the app");
    expect(workIn("word ".repeat(100))?.length).toBe(120);
  });

  it.each(["", "go on", "/compact now and then", "! ls -la /home", "# remember this rule", "<system> a b"])(
    "is not known from %j",
    (prompt) => {
      expect(workIn(prompt)).toBeUndefined();
    },
  );

  it.each([
    ["Deploy with password: hunter2 now", "hunter2"],
    ["Deploy with the token ghp_0123456789abcdefghijABCDEFGHIJ", "ghp_0123456789abcdefghijABCDEFGHIJ"],
    ["Use API_KEY=abc please now", "=abc"],
    ["Clone https://ada:secret1@example.org/x for me", "secret1"],
    ["Use AKIAIOSFODNN7EXAMPLE1 as the key", "AKIAIOSFODNN7EXAMPLE1"],
  ])("never contains a secret: %s", (prompt, secret) => {
    expect(workIn(prompt)).toMatch(/\*\*\*/);
    expect(workIn(prompt)).not.toContain(secret);
  });

  it("is one visible line of at most 120 characters, for any prompt", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        const work = workIn(`Please do this: ${text}`);
        return work !== undefined && isOneVisibleLine(work) && [...work].length <= 120;
      }),
    );
  });
});
