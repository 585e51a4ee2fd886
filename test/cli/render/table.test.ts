import * as fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { quote } from "../../../src/cli/render/quoted.ts";
import { type Cell, type Column, plainText, type Table, textOf } from "../../../src/cli/render/table.ts";
import { columnsOf, terminalLines } from "../../../src/cli/render/terminal.ts";
import { hostileText } from "../../support/hostile.ts";

const plain = (_: string, text: string) => text;
const COLUMNS: readonly Column[] = [
  { head: "SESSION", giveWay: 0 },
  { head: "STATE", giveWay: 1 },
  { head: "WORK", giveWay: 2, isText: true },
];
const lines = (rows: Table["rows"], width: number, columns = COLUMNS) =>
  terminalLines([{ columns, rows }], width, plain);

/** Texts whose number of UTF-16 units, of characters and of columns differ. */
const word = fc.oneof(
  fc.constantFrom(
    "漢字",
    "ｱｲｳ",
    "👩‍👩‍👧",
    "🇩🇪",
    "e\u0301",
    "क्षि",
    "שלום",
    "ไทย",
    "a-long-path/to/src.ts",
    "한국어",
    "❤️",
    "1️⃣",
  ),
  fc.string({ unit: "grapheme-ascii", maxLength: 30 }),
  hostileText,
);
const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(" "));
const column = fc.record({
  head: fc.constantFrom("A", "SESSION", "HALF ACCEPTED IN"),
  giveWay: fc.nat(4),
  isNumber: fc.boolean(),
  isText: fc.boolean(),
  isWrapped: fc.boolean(),
});
const table = fc.array(column, { minLength: 1, maxLength: 6 }).chain((columns) =>
  fc
    .array(fc.array(text, { minLength: columns.length, maxLength: columns.length }), {
      minLength: 1,
      maxLength: 5,
    })
    .map((rows): Table => ({ columns, rows })),
);
const width = fc.integer({ min: 40, max: 200 });

describe("a table on a terminal", () => {
  it("has a head, and columns that are aligned by what the terminal shows", () => {
    expect(
      lines(
        [
          ["漢字", "alive", "one"],
          ["👩‍👩‍👧 ab", "offline", "two"],
        ],
        80,
      ),
    ).toEqual(["SESSION  STATE    WORK", "漢字     alive    one", "👩‍👩‍👧 ab    offline  two"]);
  });

  it("cuts the least important column first, between words, and leaves it out last", () => {
    const rows = [["session-1-dashboard", "active, until later", "Write the parser of hours"]];
    expect(lines(rows, 70)[1]).toBe("session-1-dashboard  active, until later  Write the parser of hours");
    expect(lines(rows, 60)[1]).toBe("session-1-dashboard  active, until later  Write the parser …");
    expect(lines(rows, 52)[1]).toBe("session-1-dashboard  active, until later  Write the…");
    expect(lines(rows, 50)[1]).toBe("session-1-dashboard  active, until later");
    expect(lines(rows, 39)[1]).toBe("session-1-dashboard");
    expect(lines(rows, 15)[1]).toBe("session-1-dash…");
  });

  it("cuts a word only where it alone is too wide", () => {
    expect(lines([["src/domain/sessions/timetable.ts", "", ""]], 12)[1]).toBe("src/domain/…");
  });

  it("goes on in the next line where a column is wrapped", () => {
    const columns = [
      { head: "CHECK", giveWay: 1 },
      { head: "RESULT", giveWay: 0, isWrapped: true },
    ];
    expect(lines([["git", "git 2.39.5 has known security bugs. Next: update git"]], 40, columns)).toEqual([
      "CHECK  RESULT",
      "git    git 2.39.5 has known security",
      "       bugs. Next: update git",
    ]);
  });

  it("leaves out columns without content, and a table without rows", () => {
    expect(lines([["a", "", "c"]], 80)).toEqual(["SESSION  WORK", "a        c"]);
    expect(lines([], 80)).toEqual([]);
  });

  it("is never wider than the terminal, for any texts and widths", () => {
    return fc.assert(
      fc.property(table, width, (drawn, columns) => {
        for (const line of terminalLines([drawn], columns, plain)) {
          expect(stringWidth(line)).toBeLessThanOrEqual(columns);
          expect(line).not.toMatch(/[\n\t]/);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("begins each column at the same place in every line, for any texts and widths", () => {
    return fc.assert(
      fc.property(table, width, (drawn, columns) => {
        // A mark at the start of each cell is found again at one place.
        const marked: Table = {
          columns: drawn.columns.map((each) => ({
            ...each,
            head: `# ${each.head}`,
            isNumber: false,
            isWrapped: false,
          })),
          rows: drawn.rows.map((row) => row.map((cell) => `# ${textOf(cell as Cell).replaceAll("#", "")}`)),
        };
        const places = terminalLines([marked], columns, plain).flatMap(placesOf);
        expect(new Set(places).size).toBeLessThanOrEqual(drawn.columns.length);
      }),
      { numRuns: 150 },
    );
  });

  it("breaks no word but one that is wider than its column, for any texts and widths", () => {
    return fc.assert(
      fc.property(text, fc.boolean(), width, (words, isWrapped, columns) => {
        const cell = textOf(words);
        const whole = new Set(cell.split(" "));
        const shown = lines([[words]], columns, [{ head: "", giveWay: 0, isWrapped }]);
        const parts = shown.flatMap((line) => line.replace(/ ?…$/, "").split(" "));
        const isWide = [...whole].some((each) => stringWidth(each) > columns);
        if (!isWide) for (const part of parts) expect(whole).toContain(part);
        if (isWrapped) expect(shown.join("").replaceAll(" ", "")).toBe(cell.replaceAll(" ", ""));
      }),
      { numRuns: 150 },
    );
  });
});

/** The columns at which marks are. */
function placesOf(line: string): number[] {
  return [...line.matchAll(/#/g)].map(({ index }) => stringWidth(line.slice(0, index)));
}

describe("text on a terminal", () => {
  it("is broken between words, and a quotation keeps its bar in each line", () => {
    const page = [
      "session-1 asks you, normal, 3 min ago, until 18:56, 4 h left",
      ...quote("漢字".repeat(20)),
    ];
    expect(terminalLines(page, 40, plain)).toEqual([
      "session-1 asks you, normal, 3 min ago,",
      "  until 18:56, 4 h left",
      `  | ${"漢字".repeat(9)}`,
      `  | ${"漢字".repeat(9)}`,
      "  | 漢字漢字",
    ]);
  });

  it("leaves a path or an id whole, so that it can be copied", () => {
    const path = `/tmp/${"x".repeat(60)}`;
    expect(terminalLines(`Moved to ${path}`, 40, plain)).toEqual(["Moved to", `  ${path}`]);
  });

  it("loses no character of a quotation, and no quoted line is without a bar or too wide", () => {
    return fc.assert(
      fc.property(text, width, (words, columns) => {
        const quoted = quote(words);
        const shown = terminalLines(quoted, columns, plain);
        const bare = (all: readonly string[]) =>
          all
            .map((line) => line.replace(/^ {2}\|/, ""))
            .join("")
            .replaceAll(/[\t ]/g, "");
        expect(bare(shown)).toBe(bare(quoted));
        for (const line of shown) {
          expect(line).toMatch(/^ {2}\|(?: |$)/);
          expect(stringWidth(line)).toBeLessThanOrEqual(columns);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe("a table for programs", () => {
  it("is a line for each row, without a head, padding or escapes, in which no column is lost", () => {
    const rows = [
      ["session-1", "", "a\nb\u001b[31m"],
      ["s", "alive", ""],
      ["", "", ""],
    ];
    expect(plainText([{ columns: COLUMNS, rows }])).toBe("session-1  -  a b\\u{1b}[31m\ns  alive\n");
    expect(plainText([{ columns: COLUMNS, rows: [["a", "b", "c"]], hasHead: true }])).toBe(
      "SESSION  STATE  WORK\na  b  c",
    );
  });
});

describe("the width of a terminal", () => {
  it.each([
    ["is what the terminal says", 120, undefined, 120],
    ["is what COLUMNS says, which a user sets on purpose", 120, "60", 60],
    ["is 80 where nothing says it", 0, "", 80],
    ["is not read from a text", 100, "wide", 100],
  ])("%s", (_, terminal, variable, columns) => {
    expect(columnsOf(terminal, variable)).toBe(columns);
  });
});
