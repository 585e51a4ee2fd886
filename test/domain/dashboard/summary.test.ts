import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redact } from "../../../src/domain/dashboard/redact.ts";
import { summaryOf } from "../../../src/domain/dashboard/summary.ts";
import { aHarmfulHub } from "../../dashboard/hostile-state.ts";
import { aDay, ago, aLargeHub, dashboardOf } from "../../dashboard/scenes.ts";
import { aCollaboration, aHeartbeat, aProfile } from "../../support/builders.ts";
import { livePartsOf, mentionsIn, tablesOf } from "../../support/github/markdown-oracle.ts";
import { hostileText } from "../../support/hostile.ts";
import { HOSTILE_QUESTIONS } from "../../support/hostile-questions.ts";
import { times } from "../../support/times.ts";
import { isSafeToShow } from "../../support/unsafe.ts";

const MARK = "html <!-- git-hive dashboard -->";

/** One session that waits for a person, works on something and has asked for something. */
function hubWith(text: string) {
  return dashboardOf({
    sessions: [
      aProfile({
        current_work: text,
        needs: { id: "01KG9M2V0000000000000000AA", question: text.slice(0, 400) || "?", since: ago(5) },
      }),
    ],
    heartbeats: [aHeartbeat({ current_work: text })],
    collaborations: [
      aCollaboration({ request: text, to_session: null, to_capability: text.slice(0, 400) || "?" }),
    ],
  });
}

describe("the summary", () => {
  it("says first how many are alive and open, then what waits, in the order of the page", () => {
    const text = summaryOf(aDay());
    expect(text.match(/^#+ .*$/gm)).toEqual([
      "## 4 alive, 5 open",
      "### Waits for a person: 4",
      "### Silent, and holds something: 1",
      "### Overlapping claims: 1",
      "### Sessions: 6 of 7 there, 3 working",
      "### Open requests: 5",
    ]);
    expect(text).toContain("State of 2026-01-31 12:00:00 UTC at commit `43b6bd3`");
    expect(text).toContain(
      "| `collab-1769860800-p0aa` | **high** `Which of the two indexes will you keep?` |",
    );
  });

  it("is a sentence a section where there is nothing", () => {
    expect(tablesOf(summaryOf(dashboardOf({})))).toEqual([]);
    expect(summaryOf(dashboardOf({}))).toContain("### Open requests: 0\n\nNo request is open.");
  });

  it("says that words are not published, and has none", () => {
    expect(summaryOf(redact(aDay()))).toContain("The words of sessions and people are not published here.");
    expect(summaryOf(redact(aDay()))).not.toContain("indexes");
  });

  it("fits into an issue, however much there is", () => {
    const large = summaryOf(aLargeHub(40, 400));
    expect(large).toMatch(/^And \d+ more\.$/m);
    expect(Math.max(large.length, summaryOf(aHarmfulHub()).length)).toBeLessThan(65_536);
  });

  it.each([...HOSTILE_QUESTIONS, "a|b", "a\\|b", "a\\", "`|`", "\\`|"])("takes %j for text", (text) => {
    const written = summaryOf(hubWith(text));
    expect(livePartsOf(written)).toEqual([MARK]);
    expect(mentionsIn(written)).toEqual([]);
    expect(tablesOf(written)).toEqual([
      [5, 5, 5],
      [6, 6],
      [6, 6],
    ]);
  });

  it("links, mentions and embeds nothing, and keeps its cells, for any text", () => {
    return fc.assert(
      fc.property(
        fc.oneof(hostileText, fc.string({ unit: fc.constantFrom(..."\\`|@#<>[]()!*_ \n") })),
        (text) => {
          const written = summaryOf(hubWith(text));
          expect(livePartsOf(written)).toEqual([MARK]);
          expect(mentionsIn(written)).toEqual([]);
          expect(tablesOf(written)).toEqual([
            [5, 5, 5],
            [6, 6],
            [6, 6],
          ]);
          expect(isSafeToShow(written)).toBe(true);
        },
      ),
      { numRuns: times(8) },
    );
  });
});
