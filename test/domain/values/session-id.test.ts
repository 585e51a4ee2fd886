import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { heartbeatPath, profilePath } from "../../../src/domain/hub/layout.ts";
import { RequestId, SessionId, Ulid } from "../../../src/domain/values/ids.ts";
import { isSessionId } from "../../../src/domain/values/session-id.ts";

/** Hostile ids, by row of the threat table in the reliability notes. */
const HOSTILE = {
  "N1, paths out of the folder": ["../../.git/hooks/x", "..", "a/../b", "../x"],
  "N2, separators and dots": ["/etc/passwd", "..\\..\\x", "%2e%2e%2f", "a/b", ".", ".hidden", "a.b", "a\\b"],
  "N3, names that no file system accepts": ["a\0b", "x".repeat(300), "x".repeat(65), "", "x"],
  "N4, look-alikes": [
    "\u0430dmin",
    "admin\u202egpj",
    "\uff46\uff55\uff4c\uff4c",
    "caf\u00e9",
    "cafe\u0301",
    "ad\u200dmin",
    "\u0130d",
    "\u017fession",
    "\u212aey",
  ],
  "N5, capitals": ["Alpha", "aB", "SESSION-1"],
  "N6, names of devices": ["con", "nul", "nul.json", "prn", "aux", "com1", "lpt9", "a.", "a ", " a", "a:b"],
  "N7, options": ["-x", "--upload-pack=touch y", "--output=z", "-", "--", "x-", "a--b"],
  "N8, what YAML or JavaScript reads as something else": [
    "__proto__",
    "constructor",
    "prototype",
    "true",
    "false",
    "null",
    "yes",
    "no",
    "on",
    "off",
    "1e3",
    "0123",
    "42",
    "12:30",
    "~",
  ],
  "everyone, and git's own": ["all", "head"],
  "white space and shells": ["a b", "a\n", "\na", "a\tb", "$(id)", "`id`", "a;b", "a'b", 'a"b', "a*", "a,b"],
};

const GOOD = ["session-1-dashboard", "ab", "a1", "1a", "x".repeat(64), "com10", "true-love", "1-2", "nully"];

describe("a session id", () => {
  it.each(GOOD)("is %s", (id) => {
    expect(isSessionId(id)).toBe(true);
    expect(SessionId.safeParse(id).success).toBe(true);
  });

  it.each(Object.entries(HOSTILE))("is not one of %s", (_, ids) => {
    expect(ids.filter((id) => isSessionId(id) || SessionId.safeParse(id).success)).toEqual([]);
  });

  it("is one file name of plain characters, for any text that is accepted", () => {
    const near = fc.string({ unit: fc.constantFrom(..."ab1-._/\\A \n\0é"), maxLength: 70 });
    return fc.assert(
      fc.property(fc.oneof(near, fc.string({ unit: "binary", maxLength: 70 })), (text) => {
        const read = SessionId.safeParse(text);
        expect(read.success).toBe(isSessionId(text));
        if (!read.success) return;
        expect(profilePath(read.data)).toMatch(
          /^coordination\/SESSIONS\/[a-z0-9][a-z0-9-]{0,62}[a-z0-9]\.json$/,
        );
        expect(heartbeatPath(read.data)).toBe(`coordination/HEARTBEATS/${text}.json`);
      }),
      { numRuns: 2000 },
    );
  });

  it("that is invalid is quoted and shortened in the error", () => {
    const reason = SessionId.safeParse(`\u001b[31m${"x".repeat(500)}`).error?.issues[0]?.message ?? "";
    expect(reason).toMatch(/^"\\u001b\[31mx+ is not a session id: use 2 to 64 lower-case letters/);
    expect(reason.length).toBeLessThan(200);
  });
});

describe("other ids", () => {
  it.each([
    ["collab-1763229251-k3f9", true],
    ["collab-1763229251", true],
    ["collab-1763229251-0123456789abcdef", true],
    ["collab-1763229251-K3F9", false],
    ["collab-1763229251-k3f", false],
    ["collab-x", false],
    ["collab-1/../x", false],
    ["collab-1\n", false],
  ])("%j names a request: %s", (text, isOne) => {
    expect(RequestId.safeParse(text).success).toBe(isOne);
  });

  it.each([
    ["01KG9M2V0000000000000000AA", true],
    ["81KG9M2V0000000000000000AA", false],
    ["01kg9m2v0000000000000000aa", false],
    ["01KG9M2V0000000000000000AU", false],
    ["01KG9M2V0000000000000000A", false],
    ["01KG9M2V0000000000000000AA\n", false],
  ])("%j is a ULID: %s", (text, isOne) => {
    expect(Ulid.safeParse(text).success).toBe(isOne);
  });
});
