import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BOARD_SIZE, renderBoard } from "../../../src/domain/messages/board.ts";
import { aMessage, NOON } from "../../support/builders.ts";
import { isSafeToShow } from "../../support/unsafe.ts";

function numbered(number: number, over: object = {}) {
  return aMessage({ id: `01KG9M2V00${String(number).padStart(16, "0")}`, body: `Body ${number}`, ...over });
}

/** The message bodies on a board, in order. */
function bodiesOf(board: string): string[] {
  return board.split("\n").filter((line) => line.startsWith(">     Body"));
}

const messages = fc.uniqueArray(
  fc.record({
    number: fc.nat(99),
    sent_at: fc.constantFrom(NOON, "2026-01-31T11:00:00Z", "2025-12-31T23:59:59Z"),
    body: fc.string({ unit: "binary" }),
    subject: fc.option(fc.string(), { nil: undefined }),
  }),
  { selector: ({ number }) => number },
);

describe("the board", () => {
  it("is the same bytes for the same messages in any order", () => {
    const pair = messages.chain((drawn) => {
      const all = drawn.map(({ number, ...over }) => numbered(number, over));
      return fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }));
    });
    return fc.assert(
      fc.property(pair, ([all, shuffled]) => {
        expect(renderBoard(shuffled)).toBe(renderBoard(all));
      }),
    );
  });

  it("ends in one newline, also without any message", () => {
    expect(renderBoard([])).toMatch(/[^\n]\n$/);
    expect(renderBoard([numbered(1)])).toMatch(/[^\n]\n$/);
  });

  it("shows the newest first, and within one second the last id first", () => {
    const board = renderBoard([numbered(1), numbered(3, { sent_at: "2026-01-30T00:00:00Z" }), numbered(2)]);
    expect(bodiesOf(board)).toEqual([2, 1, 3].map((number) => `>     Body ${number}`));
  });

  it("compares times by value, with or without milliseconds", () => {
    const board = renderBoard([
      numbered(9, { sent_at: "2026-01-31T12:00:00Z" }),
      numbered(1, { sent_at: "2026-01-31T12:00:00.500Z" }),
    ]);
    expect(bodiesOf(board)).toEqual([">     Body 1", ">     Body 9"]);
  });

  it("shows at most BOARD_SIZE messages", () => {
    const board = renderBoard([...Array(BOARD_SIZE + 5).keys()].map((number) => numbered(number)));
    expect(bodiesOf(board)).toHaveLength(BOARD_SIZE);
    expect(board).not.toContain("Body 4\n");
  });

  it("quotes every line, so that no text can look like a heading of the board", () => {
    const board = renderBoard([
      numbered(1, { body: "Body 1\n## all to all, urgent\n\nend", subject: "a\n## b" }),
    ]);
    expect(board.match(/^## /gm)).toHaveLength(1);
    expect(board).toContain(">     ## all to all, urgent\n>\n>     end");
    expect(board).toContain("**`a ## b`**");
  });

  it("shows no character that controls a terminal or deceives a reader, because users read it with `cat`", () => {
    const board = renderBoard([numbered(1, { body: "a\u001b[31m\u202eb", subject: "\u001b]0;x\u0007" })]);
    expect(isSafeToShow(board)).toBe(true);
    expect(board).toContain(">     a\\u{1b}[31m\\u{202e}b");
  });

  it("names author, recipient, priority and time of each", () => {
    const board = renderBoard([numbered(1, { to: "session-2", priority: "urgent" })]);
    expect(board).toContain(`## session-1 to session-2, urgent, ${NOON}`);
    expect(renderBoard([numbered(1, { to: "#deploy" })])).toContain("## session-1 to #deploy, normal, ");
  });
});
