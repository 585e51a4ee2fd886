import { stripVTControlCharacters } from "node:util";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ENTER, frame, LEAVE } from "../../../src/cli/top/frame.ts";
import { Emulator } from "../../support/emulator.ts";
import { times } from "../../support/times.ts";

const SIZE = { columns: 12, rows: 5 };
/** Texts up to the last column, some with wide characters or a style. */
const line = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", "b", " ", "-"), maxLength: SIZE.columns }),
  fc.string({ unit: fc.constantFrom("漢", "字"), maxLength: SIZE.columns / 2 }),
  fc.constantFrom("\u001b[1mbold\u001b[22m", "x".repeat(SIZE.columns), ""),
);
const lines = fc.array(line, { maxLength: SIZE.rows });

const shownOf = (wanted: readonly string[]) =>
  Array.from({ length: SIZE.rows }, (_, row) => stripVTControlCharacters(wanted[row] ?? "").trimEnd());

describe("a frame", () => {
  it("leaves on the screen the lines that it was made for, whatever was there", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(lines, { minLength: 1, maxLength: 6 }), async (screens) => {
        const emulator = new Emulator(SIZE.columns, SIZE.rows);
        await emulator.write(`$ hive top\r\nold text\r\n${ENTER}`);
        let before: readonly string[] | undefined;
        for (const after of screens) {
          await emulator.write(frame(before, after, SIZE));
          expect(emulator.lines).toEqual(shownOf(after));
          before = after;
        }
      }),
      { numRuns: times(300) },
    );
  });

  it("writes only the lines that changed, and nothing where none did", () =>
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const written = frame(before, after, SIZE).split("\u001b[");
        const moves = written
          .flatMap((part) => /^(\d+);1H/.exec(part)?.[1] ?? [])
          .map((row) => Number(row) - 1);
        const changed = [...after.keys()].filter((row) => after[row] !== before[row]);
        expect(moves).toEqual([...changed, ...(before.length > after.length ? [after.length] : [])]);
        expect(frame(after, after, SIZE)).toBe("");
      }),
    ));

  it("does not empty the rest of a line that has none, because a terminal may take its last column", () => {
    const full = "x".repeat(SIZE.columns);
    expect(frame(undefined, [full], SIZE)).toContain(`\u001b[1;1H${full}\u001b[?2026l`);
    expect(frame(undefined, ["x"], SIZE)).toContain("\u001b[1;1Hx\u001b[K");
  });

  it("is drawn at once, over a terminal that is given back as it was", async () => {
    const first = frame(undefined, ["a"], SIZE);
    expect([first.startsWith("\u001b[?2026h"), first.endsWith("\u001b[?2026l")]).toEqual([true, true]);
    const emulator = new Emulator(SIZE.columns, SIZE.rows);
    await emulator.write("$ hive top\r\n");
    const before = emulator.lines;
    await emulator.write(ENTER + frame(undefined, ["a", "b"], SIZE));
    expect(emulator).toMatchObject({ isAlternate: true, isWrapping: false });
    await emulator.write(LEAVE);
    expect(emulator).toMatchObject({ isAlternate: false, isWrapping: true, lines: before });
  });
});
