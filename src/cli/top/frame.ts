import { displayWidth } from "../render/display-width.ts";
import type { Size } from "./screen.ts";

const CSI = "\u001b[";
/** The terminal shows all of what is between them at once, where it knows them. */
const [BEGIN, END] = [`${CSI}?2026h`, `${CSI}?2026l`];

/** Shows a screen of its own, without a cursor. A line that is wider than we think does not go on in the next one. */
export const ENTER = `${CSI}?1049h${CSI}?25l${CSI}?7l`;
/** Gives the terminal back as it was. */
export const LEAVE = `${CSI}?2026l${CSI}0m${CSI}?7h${CSI}?25h${CSI}?1049l`;

/** What makes one screen of another: the lines that differ, and no more. Without a screen before, the terminal is emptied. */
export function frame(
  before: readonly string[] | undefined,
  after: readonly string[],
  { columns }: Size,
): string {
  const changed = after
    .map((line, index) => {
      if (line === before?.[index]) return "";
      // In the last column, the end of the line would take its last character with it.
      const rest = displayWidth(line) < columns ? `${CSI}K` : "";
      return `${CSI}${index + 1};1H${line}${rest}`;
    })
    .join("");
  const fewer =
    before !== undefined && before.length > after.length ? `${CSI}${after.length + 1};1H${CSI}J` : "";
  const all = `${before === undefined ? `${CSI}2J` : ""}${changed}${fewer}`;
  return all === "" ? "" : `${BEGIN}${all}${END}`;
}
