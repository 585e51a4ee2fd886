import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BOARD_SIZE, renderBoard } from "../../../src/domain/messages/board.ts";
import { mergeBoard } from "../../../src/domain/messages/merge-board.ts";
import type { Message } from "../../../src/domain/messages/message.ts";
import { aMessage, NOON } from "../../support/builders.ts";

function numbered(number: number, over: object = {}): Message {
  return aMessage({ id: `01KG9M2V00${String(number).padStart(16, "0")}`, body: `Body ${number}`, ...over });
}

function upTo(count: number, from = 0): Message[] {
  return [...Array(count).keys()].map((number) => numbered(number + from));
}

const message = fc
  .record({
    number: fc.nat(400),
    sent_at: fc.constantFrom(NOON, "2026-01-31T11:00:00.250Z", "2025-12-31T23:59:59Z"),
    subject: fc.option(fc.string({ unit: "binary" }), { nil: undefined }),
    body: fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("", "\n", "## a to b\n\n<sub>x</sub>\n")),
    priority: fc.constantFrom("normal", "high", "urgent"),
    to: fc.constantFrom("all", "session-2"),
  })
  .map(({ number, ...over }) => numbered(number, over));

/** The messages of the base, and those that each of two branches adds. */
const branches = fc
  .uniqueArray(message, { selector: ({ id }) => id, maxLength: 130, size: "max" })
  .chain((all) => fc.tuple(fc.constant(all), fc.array(fc.nat(2), { minLength: 130, maxLength: 130 })))
  .map(([all, sides]) => [0, 1, 2].map((side) => all.filter((_, at) => sides[at] === side)));

describe("two boards with a common base", () => {
  it("merge into the board of all their messages, in either direction", () => {
    return fc.assert(
      fc.property(branches, ([base = [], left = [], right = []]) => {
        const texts = [base, [...base, ...left], [...base, ...right]].map(renderBoard);
        const [before = "", ours = "", theirs = ""] = texts;
        const whole = renderBoard([...base, ...left, ...right]);
        expect(mergeBoard(before, ours, theirs)).toBe(whole);
        expect(mergeBoard(before, theirs, ours)).toBe(whole);
      }),
    );
  });

  it("lose a message that one side removed and the other still shows", () => {
    const removing = fc.tuple(branches, fc.array(fc.boolean(), { minLength: 130, maxLength: 130 }));
    return fc.assert(
      fc.property(removing, ([[base = [], left = [], right = []], isKept]) => {
        const kept = base.filter((_, at) => isKept[at]);
        // The other side's new messages are newer than those of the base.
        const added = right.map((each) => ({ ...each, sent_at: "2026-02-01T00:00:00Z" }));
        const [before = "", ours = "", theirs = ""] = [base, [...kept, ...left], [...base, ...added]].map(
          renderBoard,
        );
        expect(mergeBoard(before, ours, theirs)).toBe(renderBoard([...kept, ...left, ...added]));
      }),
    );
  });

  it("keep the newest messages when both are full", () => {
    const base = upTo(BOARD_SIZE);
    const [left, right] = [upTo(30, 100), upTo(30, 200)];
    const [before = "", ours = "", theirs = ""] = [base, [...base, ...left], [...base, ...right]].map(
      renderBoard,
    );
    const merged = mergeBoard(before, ours, theirs) ?? "";
    expect(merged.match(/^## /gm)).toHaveLength(BOARD_SIZE);
    expect(merged).toBe(renderBoard([...left, ...right]));
  });

  it("merge also when both sides created the board", () => {
    const [ours, theirs] = [renderBoard([numbered(1)]), renderBoard([numbered(2)])];
    expect(mergeBoard("", ours, theirs)).toBe(renderBoard([numbered(1), numbered(2)]));
  });

  it("keep the text above the messages from the side that changed it", () => {
    const [before, newer] = [renderBoard([]), renderBoard([]).replace("# Messages", "# Board")];
    const theirs = renderBoard([numbered(1)]);
    expect(mergeBoard(before, newer, theirs)).toMatch(/^# Board\n[\s\S]*> {5}Body 1\n/);
    expect(mergeBoard(before, newer, renderBoard([]).replace("# Messages", "# Mine"))).toBeUndefined();
  });
});

describe("a board is not merged", () => {
  const board = renderBoard(upTo(3));
  it.each([
    ["has a message without an id", board.replace(/<sub>.*<\/sub>\n/, "")],
    ["has a heading written by hand", `${board}\n## Notes\n\nMine\n`],
    ["has text between the messages", board.replace("\n<sub>", "\nMine\n\n<sub>")],
    ["has text at its end", `${board}Mine\n`],
    ["has a message twice", `${board}\n${board.slice(board.indexOf("## "))}`],
    ["has an invalid time", board.replace(NOON, "2026-99-99T99:99:99Z")],
  ])("when it %s", (_, edited) => {
    expect(mergeBoard(board, edited, board)).toBeUndefined();
    expect(mergeBoard(board, board, edited)).toBeUndefined();
  });
});
