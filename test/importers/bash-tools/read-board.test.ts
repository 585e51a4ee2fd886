import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBoard } from "../../../src/importers/bash-tools/read-board.ts";

/** An entry of the old broadcast tool. */
function broadcast(from: string, text: string): string {
  return `---\n\n**From:** ${from}\n**Time:** 2025-11-15 21:49:25 UTC\n**Priority:** ⚠️ high\n**Subject:** Broadcast Message\n\n${text}\n\n`;
}

function texts(board: string): string[] {
  return readBoard(board).map((entry) => entry.text);
}

describe("reading a message board", () => {
  it("finds the entries of the broadcast tool, with their fields", () => {
    const [entry] = readBoard(`# Board\n\n${broadcast("session-5", "Tools are live!\n\n- one")}`);
    expect(entry?.text).toBe("Tools are live!\n\n- one");
    expect(Object.fromEntries(entry?.fields ?? [])).toEqual({
      from: "session-5",
      time: "2025-11-15 21:49:25 UTC",
      priority: "⚠️ high",
      subject: "Broadcast Message",
    });
  });

  it.each([
    ["a rule and a heading", "Before\n\n---\n\n## Details\n\nAfter"],
    ["a heading with fields", "I quote:\n\n### Reply\n**From:** somebody\n\nno"],
    ["indentation", "    code\n  more"],
    ["a code block with rules", "```\n---\n```"],
  ])("keeps %s inside the text of a broadcast", (_, text) => {
    expect(texts(broadcast("a-1", text) + broadcast("b-2", "next"))).toEqual([text, "next"]);
  });

  it("leaves out the rule after the last entry", () => {
    expect(texts(`${broadcast("a-1", "last")}---\n`)).toEqual(["last"]);
  });

  it("takes the text of a collaboration request from between its headings", () => {
    const block =
      "---\n\n## 🤝 COLLABORATION REQUEST #collab-1763229251\n\n**From:** a-1\n**To:** b-2\n**Urgency:** high\n\n" +
      "### Request:\nBuild a UI\n\n---\n\n## with charts\n\n### How to respond:\n./accept.sh\n\n---\n";
    expect(readBoard(block)).toMatchObject([
      { request: "collab-1763229251", text: "Build a UI\n\n---\n\n## with charts" },
    ]);
  });

  it.each([
    [
      "fields under a heading",
      "## Section\n\n### NEW: hello\n**From:** Session 3\n**Message:**\n\nHey\n",
      "NEW: hello",
      "Hey",
    ],
    [
      "the sender in a heading",
      "---\n\n## Upgrade\n\n### From: a-1\n**Date:** 2025-11-15\n\nDone\n",
      "Upgrade",
      "Done",
    ],
    ["a text on its field's line", "\n**From:** a-1\n**Message:** short\n", undefined, "short"],
  ])("finds an entry written by hand with %s", (_, board, heading, text) => {
    expect(readBoard(board)).toMatchObject([{ heading, text }]);
  });

  it("ends an entry written by hand at a rule before a heading, not at a rule before text", () => {
    const board =
      "### Hi\n**From:** a-1\n\none\n\n---\n\ntwo\n\n---\n\n## Another section\n\nnot a message\n";
    expect(texts(board)).toEqual(["one\n\n---\n\ntwo"]);
  });

  it.each([
    ["a page without senders", "# Board\n\n**Last Updated:** today\n\n---\n\n## Open\n\n- one\n"],
    ["a heading that only starts like a sender", "### From Session 3:\n**Request:** help\n"],
    ["a sender's heading without any other field", "### From: a-1\n\ntext\n"],
    ["a sender in the middle of a paragraph", "text\n**From:** a-1\nmore\n"],
    ["nothing", ""],
  ])("finds no message in %s", (_, board) => {
    expect(readBoard(board)).toEqual([]);
  });

  it("finds every broadcast completely, for any text", () => {
    const line = fc.constantFrom("", "# h", "---", "text", "```", "> q", "**Time:** now", "  indented");
    const text = fc
      .array(line, { minLength: 1, maxLength: 8 })
      .map((lines) => ["start", ...lines, "end"].join("\n"));
    return fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (all) => {
        expect(texts(`# Board\n\n${all.map((each) => broadcast("a-1", each)).join("")}`)).toEqual(all);
      }),
    );
  });
});
