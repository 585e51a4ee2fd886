import { makeVisible } from "../../domain/values/visible.ts";

export type Style = "green" | "yellow" | "red" | "dim" | "bold";

/** Returns a text in a style, or unchanged where there are no colors. */
export type Paint = (style: Style, text: string) => string;

/** A text, or a text in a style. */
export type Cell = string | { readonly text: string; readonly style: Style };

export interface Column {
  readonly head: string;
  /** How early the column gives way on a narrow terminal: the highest number first. Columns of 0 give way last. */
  readonly giveWay: number;
  readonly isNumber?: boolean;
  /** A text of a user: it is cut where the terminal is too narrow. Any other column is shown whole, or left out. */
  readonly isText?: boolean;
  /** A text that goes on in the next line instead. */
  readonly isWrapped?: boolean;
  /** Below this width a wrapped text is hard to read (24). */
  readonly least?: number;
}

/**
 * Rows for users and for programs. On a terminal they are a table with a head, as wide as the terminal. Elsewhere each row
 * is a line of cells two spaces apart, without a head, and an empty cell is `-`.
 */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** The head is printed elsewhere, too. */
  readonly hasHead?: boolean;
}

/** What a command prints: lines of text and tables. */
export type Page = string | readonly (string | Table)[];

/** Returns the lines of a page for other programs. */
export function plainLines(page: Page, paint: Paint): string[] {
  return blocksOf(page).flatMap((block) => (typeof block === "string" ? [block] : plainRows(block, paint)));
}

/** Returns a page as other programs read it, without colors. */
export function plainText(page: Page): string {
  return plainLines(page, (_, text) => text).join("\n");
}

export function blocksOf(page: Page): readonly (string | Table)[] {
  return typeof page === "string" ? [page] : page;
}

function plainRows({ columns, rows, hasHead }: Table, paint: Paint): string[] {
  const head = hasHead === true ? [columns.map((column) => column.head)] : [];
  return [...head, ...rows].map((row) => {
    const last = row.findLastIndex((cell) => textOf(cell) !== "");
    return row
      .slice(0, last + 1)
      .map((cell) => (textOf(cell) === "" ? "-" : painted(cell, textOf(cell), paint)))
      .join("  ");
  });
}

/** Returns the text of a cell on one line, with every character visible. */
export function textOf(cell: Cell): string {
  return makeVisible(typeof cell === "string" ? cell : cell.text).replaceAll(/[\n\t]/g, " ");
}

/** Returns a text, such as a part of a cell, in the style of the cell. */
export function painted(cell: Cell, text: string, paint: Paint): string {
  return typeof cell === "string" ? text : paint(cell.style, text);
}
