import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { workIn } from "../../src/hook/current-work.ts";
import { isOneVisibleLine } from "../support/unsafe.ts";

describe("the current work of a session", () => {
  it("is the start of the user's prompt, on one line", async () => {
    expect(await workIn("  Fix the login\n\nof the app ")).toBe("Fix the login of the app");
    expect((await workIn("word ".repeat(100)))?.length).toBe(120);
  });

  it.each(["", "go on", "/compact now and then", "! ls -la /home", "# remember this rule", "<system> a b"])(
    "is not known from %j",
    async (prompt) => {
      expect(await workIn(prompt)).toBeUndefined();
    },
  );

  it.each([
    ["Deploy with password: hunter2 now", "hunter2"],
    ["Deploy with the token ghp_0123456789abcdefghijABCDEFGHIJ", "ghp_0123456789abcdefghijABCDEFGHIJ"],
    ["Clone https://ada:secret1@example.org/x for me", "secret1"],
    ["Use AKIAIOSFODNN7EXAMPLE1 as the key", "AKIAIOSFODNN7EXAMPLE1"],
  ])("never contains a secret: %s", async (prompt, secret) => {
    expect(await workIn(prompt)).toMatch(/\*\*\*/);
    expect(await workIn(prompt)).not.toContain(secret);
  });

  it("stays on this host where it is in doubt where a secret ends", async () => {
    expect(await workIn("Log in, the password is correct horse battery staple")).toBeUndefined();
    expect(await workIn("Use API_KEY=abc please now")).toBeUndefined();
    expect(await workIn('Log in, the password is "correct horse')).toBeUndefined();
  });

  it("has no part of a secret that is cut at the end of what is searched", async () => {
    const prompt = `Please wait${" ".repeat(1975)}password=hunter2hunter2hunter2`;
    expect(await workIn(prompt)).not.toContain("hunter");
  });

  it("is one visible line of at most 120 characters, for any prompt", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 300 }), async (text) => {
        const work = await workIn(`Please do this: ${text}`);
        return work === undefined || (isOneVisibleLine(work) && [...work].length <= 120);
      }),
    );
  });
});
