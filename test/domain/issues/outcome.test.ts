import { describe, expect, it } from "vitest";
import { describeOutcome } from "../../../src/domain/issues/outcome.ts";
import { aCollaboration, NOON } from "../../support/builders.ts";

function outcomeOf(over: object, step: object = {}): string {
  const history = [{ status: "completed", session: "session-1", at: NOON, ...step }];
  return describeOutcome("collab-1", aCollaboration({ status: "completed", history, ...over }));
}

describe("the closing comment on a request's issue", () => {
  it("names the session that ended it, the evidence and the note", () => {
    expect(outcomeOf({ evidence: "https://github.com/team/app/pull/42" }, { note: "Merged" })).toBe(
      [
        "<!-- git-hive:outcome v1 collab-1 -->",
        `\`session-1\`: completed, ${NOON}`,
        "",
        "Evidence: `https://github.com/team/app/pull/42`",
        "",
        "```text\nMerged\n```",
      ].join("\n"),
    );
  });

  it("mentions no user and leaves no fence, for any text in a URL", () => {
    const said = outcomeOf({ evidence: "https://a.example/`@team`#1?<b>" });
    expect(said).toContain("Evidence: `https://a.example/'@ team'# 1?<b>`");
  });

  it("is short without evidence and note, and for an archived request", () => {
    expect(outcomeOf({})).toMatch(/: completed, 2026-01-31T12:00:00Z$/);
    expect(describeOutcome("collab-1", undefined)).toContain("its record is in the hub's archive");
  });
});
