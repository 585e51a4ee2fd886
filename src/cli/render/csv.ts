// A file of its own, because only `hive metrics --csv` loads it.
import { makeVisible } from "../../domain/values/visible.ts";

/** First characters that make a spreadsheet read a cell as a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * Renders rows as CSV (RFC 4180), without the line end of the last row. A text that a spreadsheet would run as a formula
 * gets an apostrophe, and characters that control a terminal are made visible.
 */
export function renderCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((row) => row.map(renderCell).join(",")).join("\r\n");
}

function renderCell(cell: string | number | null): string {
  if (typeof cell !== "string") return cell === null ? "" : String(cell);
  const text = makeVisible(cell);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
