import { describe, expect, it } from "vitest";
import { isOwnText, ownWords } from "../../../src/domain/coding-tools/prompt.ts";

describe("the user's own words are", () => {
  it.each([
    [
      "after what a hook told",
      "<hook_context>git-hive: x</hook_context>\n\nfix the order table",
      "fix the order table",
    ],
    [
      "after several blocks",
      "<ide_opened_file>a</ide_opened_file>\n<system-reminder>b</system-reminder> go",
      "go",
    ],
    ["all of it without a block", "fix <b>this</b> please", "fix <b>this</b> please"],
    ["with marks of their own", "<div>why</div> is this wrong", "<div>why</div> is this wrong"],
    ["nothing after a notice alone", "<task-notification>done</task-notification>", ""],
    ["all of it where a block does not end", "<hook_context>never", "<hook_context>never"],
  ])("%s", (_, prompt, words) => {
    expect(ownWords(prompt)).toBe(words);
  });

  it("found at once, however many blocks do not end", () => {
    expect(ownWords("<a-b>".repeat(20_000)).length).toBe(100_000);
  });
});

it.each([
  ["git-hive: 1 new item for session-9. What stands in quotes", true],
  ["Stop hook feedback:\n- [hive hook claude]: git-hive: 1 new item for me", true],
  ['Reason: "git-hive: It is urgent"', true],
  ["Please look at git-hive and fix it", false],
])("whether %j is a text of a hook of ours: %s", (prompt, isOurs) => {
  expect(isOwnText(prompt)).toBe(isOurs);
});
