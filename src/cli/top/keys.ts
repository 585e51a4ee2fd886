import type { Choice } from "./choice.ts";

/** What each key does. */
export const HELP: readonly (readonly [keys: string, does: string])[] = [
  ["1 to 7", "show one section whole"],
  ["Tab, Shift-Tab", "show the next section, or the one before"],
  ["Up, Down, j, k", "select a line, or scroll"],
  ["PageUp, PageDown", "go on by a page"],
  ["Home, End", "go to the first line, or to the last"],
  ["Enter", "show all of the selected line, and the command that helps"],
  ["/", "show only lines with a text, such as a session or a word"],
  ["Esc", "clear the filter, or go back"],
  ["?", "show these keys, or hide them"],
  ["Ctrl-L", "draw the screen anew"],
  ["q, Ctrl-C", "end"],
];

/** The keys that do something in what is shown, the most important first. */
export function keyLine({ isHelp, isTyping, isDetail, section, filter }: Choice): readonly string[] {
  if (isTyping) return ["Enter keep", "Esc clear"];
  if (isHelp) return ["q end", "Esc back", "Up/Down scroll"];
  if (isDetail) return ["q end", "? keys", "Esc back", "Up/Down scroll"];
  const back = filter !== "" ? ["Esc clear"] : section !== undefined ? ["Esc back"] : [];
  const rows = section === undefined ? [] : ["Enter detail", "Up/Down select"];
  return ["q end", "? keys", ...back, "Tab/1-7 section", ...rows, "/ filter"];
}
