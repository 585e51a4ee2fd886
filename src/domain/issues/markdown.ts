import { breakReferences } from "../values/inert.ts";
import { firstLine, makeVisible } from "../values/visible.ts";

/**
 * Longest run of backticks kept. Longer runs are broken, because the fence has to be longer than any run and an issue
 * has limited space.
 */
const LONG_RUN = /`{32}(?=`)/g;

/**
 * Foreign text as an inert Markdown block: a fence longer than any run of backticks in it, and a break after each mark
 * of a mention or a reference. The breaks are needed because mail shows fenced text as plain text, and a reply would mention again. At
 * most about `limit` characters, cut between characters.
 */
export function fence(text: string, limit: number): string {
  const harmless = breakReferences(makeVisible(text)).replaceAll(LONG_RUN, "$& ");
  const body = cut(harmless, limit);
  const longest = Math.max(2, ...[...body.matchAll(/`+/g)].map(([run]) => run.length));
  const bar = "`".repeat(longest + 1);
  return `${bar}text\n${body}\n${bar}`;
}

/** The first line of foreign text as a code span of at most `width` characters. */
export function codeSpan(text: string, width: number): string {
  return `\`${breakReferences(firstLine(text, width)).replaceAll("`", "'") || " "}\``;
}

/** The first line of foreign text for a title. Titles render little Markdown, but mail shows them as plain text. */
export function titleText(text: string, width: number): string {
  return breakReferences(firstLine(text, width)).replaceAll("`", "'");
}

function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = /[\ud800-\udbff]/.test(text.charAt(limit - 1)) ? limit - 1 : limit;
  return `${text.slice(0, end)}\n[… cut: the rest is in the hub]`;
}
