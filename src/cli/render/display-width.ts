// Loaded only on a terminal, because the tables of character widths cost time.
import stringWidth from "string-width";

const ASCII = /^[\x20-\x7e]*$/;
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Returns how many columns of a terminal a text takes. */
export function displayWidth(text: string): number {
  return ASCII.test(text) ? text.length : stringWidth(text);
}

/** Returns the longest start of a text that takes at most so many columns, and the rest. No character is divided. */
function splitAt(text: string, width: number): [start: string, rest: string] {
  let [end, taken] = [0, 0];
  for (const { segment, index } of graphemes.segment(text)) {
    taken += displayWidth(segment);
    if (taken > width) break;
    end = index + segment.length;
  }
  return [text.slice(0, end), text.slice(end)];
}

/**
 * Breaks a line between words into lines of at most so many columns. Continuation lines begin with `indent`. A word that
 * is wider than a line is divided, or with `isWhole` left as it is, so that it can be copied.
 */
export function wrapLine(line: string, width: number, indent = "", isWhole = false): string[] {
  if (displayWidth(line) <= width) return [line];
  const room = Math.max(1, width - displayWidth(indent));
  const lines = [""];
  // The spaces before a word are dropped where the line is broken.
  for (const token of tokensOf(line))
    for (const word of isWhole ? [token] : divide(token, room)) {
      const longer = (lines.at(-1) ?? "") + word;
      if (displayWidth(longer) <= room) lines[lines.length - 1] = longer;
      else lines.push(word.replace(/^ +/, ""));
    }
  return lines
    .map(withoutEnd)
    .filter((each) => each !== "")
    .map((each, index) => (index === 0 ? each : `${indent}${each}`));
}

/** Returns each word of a line with the spaces before it, and the spaces at the end. */
function tokensOf(line: string): string[] {
  const tokens: string[] = [];
  let spaces = "";
  for (const [index, part] of line.split(" ").entries()) {
    if (index > 0) spaces += " ";
    if (part === "") continue;
    tokens.push(spaces + part);
    spaces = "";
  }
  return spaces === "" ? tokens : [...tokens, spaces];
}

/** Returns a line without the spaces at its end. Other white space is text. */
export function withoutEnd(line: string): string {
  let end = line.length;
  while (line[end - 1] === " ") end--;
  return line.slice(0, end);
}

/** Returns the parts of a word, of at most so many columns each. */
function divide(word: string, width: number): string[] {
  const [start, rest] = splitAt(word, width);
  return rest === "" || start === "" ? [word] : [start, ...divide(rest, width)];
}

/** Returns a text in at most so many columns, with an ellipsis where it is cut: between words, or in a word that is wider. */
export function cut(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  const [start, rest] = splitAt(text, width - 1);
  const broken = `${start.slice(start.lastIndexOf(" ") + 1)}${/^[^ ]*/.exec(rest)?.[0] ?? ""}`;
  const kept = start.endsWith(" ") || rest.startsWith(" ") || displayWidth(broken) > width;
  const words = kept ? start : start.slice(0, start.lastIndexOf(" ") + 1);
  // A space before the ellipsis says that whole words are missing, where there is room for it.
  const isWhole = !kept || start.endsWith(" ") || rest.startsWith(" ");
  const trimmed = withoutEnd(words);
  return isWhole && displayWidth(trimmed) + 2 <= width && trimmed !== "" ? `${trimmed} …` : `${trimmed}…`;
}
