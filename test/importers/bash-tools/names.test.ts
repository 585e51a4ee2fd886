import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSessionId } from "../../../src/domain/values/session-id.ts";
import { assignIds } from "../../../src/importers/bash-tools/names.ts";

function idOf(name: string, ...others: string[]): string {
  return assignIds([name, ...others]).idOf(name);
}

describe("giving the old names ids", () => {
  it.each([
    ["session-5-orchestration", "session-5-orchestration"],
    ["Session 3 (Multi-Instance Organizer)", "session-3-multi-instance-organizer"],
    ["Current Session", "current-session"],
    ["session_7", "session-7"],
    ["Café Zoë", "cafe-zoe"],
    ["../../.git/hooks/x", "git-hooks-x"],
    ["7", "session-7"],
    ["all", "session-all"],
    ["CON", "session-con"],
  ])("makes of %j the id %s", (name, id) => {
    expect(idOf(name)).toBe(id);
  });

  it.each([
    "🚀",
    "",
    "   ",
    "x".repeat(300),
    "1".repeat(60),
    "-".repeat(300),
    "__proto__",
    "аdmin",
    "a\u0000b",
  ])("makes of %j some valid id", (name) => {
    expect(isSessionId(idOf(name))).toBe(true);
  });

  it("never gives one id to two names, and lets a name that is an id keep it", () => {
    const names = assignIds(["Session 3", "session-3", "session 3", "SESSION-3"]);
    const ids = ["session-3", "Session 3", "session 3", "SESSION-3"].map(names.idOf);
    expect(new Set(ids).size).toBe(4);
    expect(ids[0]).toBe("session-3");
    expect(ids[1]).toMatch(/^session-3-[0-9a-f]{6}$/);
  });

  it("gives the plain id to a name with unique words", () => {
    expect(idOf("Session 3", "session-4")).toBe("session-3");
  });

  it("does not take an id from a name whose id looks like a part of a hash", () => {
    const taken = idOf("Session 3", "session-3");
    const names = assignIds(["Session 3", "session-3", taken]);
    expect(names.idOf(taken)).toBe(taken);
    expect(names.idOf("Session 3")).not.toBe(taken);
  });

  it("gives different ids even if parts of the hashes are equal", () => {
    const marks = ["!", "?", ",", ";"];
    const names = Array.from({ length: 10_000 }, (_, index) =>
      index
        .toString(4)
        .padStart(8, "0")
        .replaceAll(/\d/g, (digit) => marks[Number(digit)] ?? ""),
    ).map((mark) => `Session${mark}3`);
    expect(new Set(names.map(assignIds(names).idOf)).size).toBe(10_000);
  });

  it("gives valid ids, as many as there are names, in any order", () => {
    const name = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: fc.constantFrom("a", "A", "1", "-", " ", "_"), maxLength: 4 }),
    );
    return fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 30 }), (all) => {
        const ids = all.map(assignIds(all).idOf);
        expect(ids.every(isSessionId)).toBe(true);
        expect(new Set(ids).size).toBe(all.length);
        expect(all.map(assignIds([...all].reverse()).idOf)).toEqual(ids);
      }),
    );
  });
});
