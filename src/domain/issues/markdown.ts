import { firstLine, makeVisible } from "../values/visible.ts";

/** Breaks words that mean something to GitHub; nobody sees it. */
const BREAK = "\u200b";

/** A longer run of backticks is broken: the fence around it has to be longer still, and an issue has an end. */
const LONGEST_RUN = 32;

/**
 * Another's text as a Markdown block in which nothing happens: a fence longer than any run of backticks in it, and
 * a break after each `@` and `#`, for mail shows fenced text as plain text and a reply would mention again. At most
 * about `limit` characters, cut between characters.
 */
export function fence(text: string, limit: number): string {
  const runs = new RegExp(`\`{${LONGEST_RUN}}(?=\`)`, "g");
  const harmless = disarm(makeVisible(text)).replaceAll(runs, `$&${BREAK}`);
  const body = cut(harmless, limit);
  const longest = Math.max(2, ...[...body.matchAll(/`+/g)].map(([run]) => run.length));
  const bar = "`".repeat(longest + 1);
  return `${bar}text\n${body}\n${bar}`;
}

/** One line of another's words as a code span; at most `width` characters. */
export function codeSpan(text: string, width: number): string {
  return `\`${disarm(firstLine(text, width)).replaceAll("`", "'") || " "}\``;
}

/** The start of another's words for a title, where Markdown means little but mail shows it plain. */
export function titleText(text: string, width: number): string {
  return disarm(firstLine(text, width)).replaceAll("`", "'");
}

/** No mention, and no reference that closes something. */
function disarm(text: string): string {
  return text.replaceAll(/[@#]|\bGH(?=-)/gi, `$&${BREAK}`);
}

function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = /[\ud800-\udbff]/.test(text.charAt(limit - 1)) ? limit - 1 : limit;
  return `${text.slice(0, end)}\n[… cut: the rest is in the hub]`;
}
