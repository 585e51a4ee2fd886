import { describe, expect, it } from "vitest";
import type { Claim } from "../../../src/domain/claims/claim.ts";
import { checkCommit } from "../../../src/domain/validation/commit-rules.ts";
import { checkState } from "../../../src/domain/validation/state-rules.ts";
import { aClaim, NOON } from "../../support/builders.ts";
import { aCommit, aHub, changed } from "../../support/rule-builders.ts";

const PATH = "coordination/ACTIVE/CLAIMS/issue-42.json";
const OTHER = "coordination/ACTIVE/CLAIMS/b.json";
const LATER = "2026-01-31T15:00:00Z";
const BOT = { author: "git-hive", sessions: ["git-hive"] };
const BY_TWO = { author: "session-2", sessions: ["session-2"] };

const held = aClaim();
const next = aClaim({
  claim_id: "01KG9M2V0000000000000000BB",
  session: "session-2",
  claimed_at: LATER,
  until: "2026-01-31T16:00:00Z",
});

function found(before: Claim | null | undefined, after: Claim | null | undefined, by = {}): string[] {
  return checkCommit(aCommit({ claims: [changed(PATH, before, after)] }, by)).map(({ rule }) => rule);
}

describe("a claim may be changed", () => {
  it.each([
    ["taken by its holder", found(undefined, held)],
    [
      "renewed by its holder",
      found(held, aClaim({ renewed_at: LATER, until: LATER, patterns: ["issue-42", "k"] })),
    ],
    ["released by its holder", found(held, undefined)],
    ["taken anew by its holder", found(held, aClaim({ claim_id: next.claim_id, claimed_at: LATER }))],
    ["put away by the bot", found(held, undefined, BOT)],
    ["taken over once it has lapsed", found(held, next, BY_TWO)],
    ["mended by anybody", found(null, undefined, BY_TWO)],
  ])("%s", (_, rules) => {
    expect(rules).toEqual([]);
  });

  it.each([
    ["taken in another's name", found(undefined, held, BY_TWO)],
    ["taken by the bot for a session", found(undefined, held, BOT)],
    ["renewed by another", found(held, aClaim({ until: LATER }), BY_TWO)],
    ["released by another", found(held, undefined, BY_TWO)],
    ["taken over while it holds", found(held, { ...next, claimed_at: NOON }, BY_TWO)],
    ["given away under the same id", found(held, aClaim({ session: "session-2" }), BY_TWO)],
    ["made older than it is", found(held, aClaim({ claimed_at: "2026-01-31T11:00:00Z" }))],
  ])("and is found where it was %s", (_, rules) => {
    expect(rules).toEqual(["claim"]);
  });

  it("by removing it, if it has lapsed and the same commit claims an overlapping target", () => {
    const both = (over: object) =>
      checkCommit(
        aCommit(
          {
            claims: [
              changed(PATH, held, undefined),
              changed(OTHER, undefined, aClaim({ ...next, key: "b", ...over })),
            ],
          },
          BY_TWO,
        ),
      ).map(({ path }) => path);
    expect(both({ patterns: ["b", "issue-42"] })).toEqual([]);
    expect(both({ patterns: ["b"] })).toEqual([PATH]);
    expect(both({ patterns: ["b", "issue-42"], claimed_at: NOON })).toEqual([PATH]);
  });
});

describe("the claims of a hub", () => {
  const faults = (...claims: Claim[]) =>
    checkState(aHub({ claims }), NOON).map(({ path, rule, message, key }) => [path, rule, message, key]);
  const src = aClaim({ key: "b", patterns: ["k", "src/**"], project: "app", session: "session-2" });

  it("are valid if no two sessions hold the same target now", () => {
    const lapsed = aClaim({ key: "c", patterns: ["issue-42"], session: "session-2", until: NOON });
    const own = aClaim({ key: "d", patterns: ["d", "issue-42"] });
    const elsewhere = aClaim({ key: "e", patterns: ["src/**"], project: "web" });
    expect(faults(held, src, lapsed, own, elsewhere)).toEqual([]);
  });

  it("are found if two sessions hold the same target", () => {
    const api = aClaim({ key: "a", patterns: ["a", "src/api/**"], project: "app" });
    expect(faults(api, src)).toEqual([
      [
        "coordination/ACTIVE/CLAIMS/a.json",
        "overlap",
        "src/api/** overlaps src/**, which session-2 holds; expected one holder",
        ["patterns", 1],
      ],
    ]);
  });

  it.each([
    ["of nobody", aClaim({ session: "session-9" }), "reference", ["session"]],
    ["from the future", aClaim({ claimed_at: "2026-01-31T12:11:00Z" }), "future", ["claimed_at"]],
    ["renewed in the future", aClaim({ renewed_at: "2026-01-31T12:11:00Z" }), "future", ["renewed_at"]],
    ["for ever", aClaim({ until: "2026-02-07T12:00:01Z" }), "lease", ["until"]],
  ])("are found where one is %s", (_, claim, rule, key) => {
    expect(faults(claim)).toEqual([[PATH, rule, expect.any(String), key]]);
  });

  it("are found where they are not read", () => {
    const more = ["coordination/ACTIVE/CLAIMS/app/x.json", "coordination/ACTIVE/claims/x.json"];
    expect(checkState(aHub({ more }), NOON).map(({ rule }) => rule)).toContain("place");
  });
});
