import { firstLine, makeVisible } from "../values/visible.ts";

/** Breaks words that GitHub would act on. It is invisible. */
const BREAK = "\u200b";

/**
 * Longest run of backticks kept. Longer runs are broken, because the fence has to be longer than any run and an issue
 * has limited space.
 */
const MAX_BACKTICKS = 32;

/**
 * Foreign text as an inert Markdown block: a fence longer than any run of backticks in it, and a break after each `@`
 * and `#`. The breaks are needed because mail shows fenced text as plain text, and a reply would mention again. At
 * most about `limit` characters, cut between characters.
 */
export function fence(text: string, limit: number): string {
  const runs = new RegExp(`\`{${MAX_BACKTICKS}}(?=\`)`, "g");
  const harmless = disarm(makeVisible(text)).replaceAll(runs, `$&${BREAK}`);
  const body = cut(harmless, limit);
  const longest = Math.max(2, ...[...body.matchAll(/`+/g)].map(([run]) => run.length));
  const bar = "`".repeat(longest + 1);
  return `${bar}text\n${body}\n${bar}`;
}

/** The first line of foreign text as a code span of at most `width` characters. */
export function codeSpan(text: string, width: number): string {
  return `\`${disarm(firstLine(text, width)).replaceAll("`", "'") || " "}\``;
}

/** The first line of foreign text for a title. Titles render little Markdown, but mail shows them as plain text. */
export function titleText(text: string, width: number): string {
  return disarm(firstLine(text, width)).replaceAll("`", "'");
}

/** Breaks mentions and references that could close an issue. */
function disarm(text: string): string {
  return text.replaceAll(/[@#]|\bGH(?=-)/gi, `$&${BREAK}`);
}

function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = /[\ud800-\udbff]/.test(text.charAt(limit - 1)) ? limit - 1 : limit;
  return `${text.slice(0, end)}\n[… cut: the rest is in the hub]`;
}
