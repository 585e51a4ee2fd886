// By itself, for only `hive metrics --csv` loads it.
import { makeVisible } from "../../domain/values/visible.ts";

/** Characters that make a spreadsheet take a cell for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * Rows as CSV by RFC 4180, but for the line end of the last row. A text that a spreadsheet would run is kept from that
 * by an apostrophe; what steers a terminal is made visible.
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
