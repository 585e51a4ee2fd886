// Loaded only on a terminal.
import { cut, displayWidth, withoutEnd, wrapLine } from "./display-width.ts";
import { blocksOf, type Column, type Page, type Paint, painted, type Table, textOf } from "./table.ts";

/** The width of a terminal that does not tell its width. */
const DEFAULT_COLUMNS = 80;
/** Below this width a column says nothing. */
const MIN_WIDTH = 10;
/** Below this width a wrapped text is hard to read. */
const MIN_WRAPPED_WIDTH = 24;
/** A wide character and an ellipsis. */
const NARROWEST = 3;
const GAP = "  ";

/** Returns the columns of a terminal: `COLUMNS`, which a user sets on purpose, else what the terminal says. */
export function columnsOf(terminal: number, variable: string | undefined): number {
  const set = /^[1-9]\d{0,4}$/.test(variable ?? "") ? Number(variable) : 0;
  return set || terminal || DEFAULT_COLUMNS;
}

/** Returns the lines of a page on a terminal. No line of a table is wider than it, and text is broken between words. */
export function terminalLines(page: Page, width: number, paint: Paint): string[] {
  return blocksOf(page).flatMap((block) =>
    typeof block === "string"
      ? block.split("\n").flatMap((line) => wrapText(line, width))
      : tableLines(block, width, paint),
  );
}

/** Breaks a line of text. Each line of a quotation keeps its bar, so that no quoted text can look like ours. */
function wrapText(line: string, width: number): string[] {
  const text = expandTabs(line);
  const [prefix = ""] = /^ *(?:\| )?/.exec(text) ?? [];
  const room = Math.max(MIN_WIDTH, width - prefix.length);
  const isQuoted = prefix.endsWith("| ");
  const indent = isQuoted || prefix.length + 4 > width / 2 ? "" : "  ";
  // Outside of a quotation, a path or an id stays whole, so that it can be copied.
  return wrapLine(text.slice(prefix.length), room, indent, !isQuoted).map((part) =>
    withoutEnd(`${prefix}${part}`),
  );
}

function expandTabs(line: string): string {
  let text = "";
  for (const [index, part] of line.split("\t").entries())
    text += index === 0 ? part : " ".repeat(8 - (displayWidth(text) % 8)) + part;
  return text;
}

/** A column that is shown, and how wide. */
interface Shown extends Column {
  readonly index: number;
  readonly width: number;
}

function tableLines({ columns, rows }: Table, width: number, paint: Paint): string[] {
  const texts = rows.map((row) => columns.map((_, index) => textOf(row[index] ?? "")));
  const widths = fitWidths(columns, texts, width);
  const shown = columns
    .map((column, index) => ({ ...column, index, width: widths[index] ?? 0 }))
    .filter((each) => each.width > 0);
  if (shown.length === 0) return [];
  const hasHead = shown.some(({ head }) => head !== "");
  const heads = shown.map((column) => cut(column.head, column.width));
  return [
    ...(hasHead ? [joinCells(shown, heads, (text) => paint("dim", text))] : []),
    ...rows.flatMap((row, at) =>
      rowLines(shown, texts[at] ?? [], (text, index) => painted(row[index] ?? "", text, paint)),
    ),
  ];
}

/** Returns a row as one line, or as several where a wrapped column needs them. */
function rowLines(
  shown: readonly Shown[],
  texts: readonly string[],
  style: (text: string, index: number) => string,
): string[] {
  const cells = shown.map(({ index, isWrapped, width }) => {
    const text = texts[index] ?? "";
    return isWrapped === true ? wrapLine(text, width) : [cut(text, width)];
  });
  const height = Math.max(...cells.map(({ length }) => length));
  return [...Array(height).keys()].map((step) =>
    joinCells(
      shown,
      cells.map((parts) => parts[step] ?? ""),
      style,
    ),
  );
}

function joinCells(
  shown: readonly Shown[],
  parts: readonly string[],
  style: (text: string, index: number) => string,
): string {
  const cells = shown.map(({ index, width, isNumber }, place) => {
    const part = parts[place] ?? "";
    const spaces = " ".repeat(Math.max(0, width - displayWidth(part)));
    const styled = part === "" ? "" : style(part, index);
    return isNumber === true ? spaces + styled : styled + spaces;
  });
  return withoutEnd(cells.join(GAP));
}

/** Returns the width of each column; 0 for one without content and for one that has no room. */
function fitWidths(
  columns: readonly Column[],
  texts: readonly (readonly string[])[],
  width: number,
): number[] {
  const natural = columns.map(({ head }, index) => {
    const widest = Math.max(0, ...texts.map((row) => displayWidth(row[index] ?? "")));
    return widest === 0 ? 0 : Math.max(widest, displayWidth(head));
  });
  const atLeast = (floor: (column: Column) => number) =>
    columns.map((column, index) => Math.min(natural[index] ?? 0, floor(column)));
  const least = atLeast(({ head, giveWay, isText, isWrapped, least: given }) => {
    if (isWrapped === true) return given ?? MIN_WRAPPED_WIDTH;
    if (isText === true) return Math.max(MIN_WIDTH, displayWidth(head));
    return giveWay === 0 ? Math.max(MIN_WIDTH, Math.floor(width / 2)) : Number.POSITIVE_INFINITY;
  });
  const over = (widths: readonly number[]) => {
    const shown = widths.filter((each) => each > 0);
    return shown.reduce((sum, each) => sum + each, 0) + GAP.length * (shown.length - 1) - width;
  };
  const givers = [...columns.keys()].sort(
    (a, b) => (columns[b]?.giveWay ?? 0) - (columns[a]?.giveWay ?? 0) || b - a,
  );
  // The least important columns are left out where not even their least width is there.
  for (const index of givers.filter((each) => columns[each]?.giveWay !== 0))
    if (over(least) > 0) [natural[index], least[index]] = [0, 0];
  const widths = [...natural];
  const wrapped = givers.filter((index) => columns[index]?.isWrapped === true);
  // A wrapped column loses nothing when it gives way.
  for (const [indexes, floor] of [
    [wrapped, least],
    [givers, least],
    [wrapped, atLeast(() => MIN_WIDTH)],
    [givers, atLeast(() => NARROWEST)],
  ] as const)
    for (const index of indexes) {
      const current = widths[index] ?? 0;
      widths[index] = Math.max(Math.min(current, floor[index] ?? 0), current - Math.max(0, over(widths)));
    }
  return widths;
}
