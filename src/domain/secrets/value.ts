import type { SecretName } from "./names.ts";

/** A value in a text. In quotes it may have several words; an open quote has no known end. */
export interface Value {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly isQuoted: boolean;
  readonly isOpen: boolean;
}

/** Returns where a sticky pattern ends that matches at a place; undefined where it does not match. */
export function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** `<password>x</password>`, and `<add key="password" value="x"/>`. */
export function valueInTag(text: string, { start, end }: SecretName): Value | undefined {
  const open = /<[\w:.-]{0,60}$/u.test(text.slice(Math.max(0, start - 60), start));
  const rest = text.slice(end, end + 1100);
  const inner = open ? /^[^<>\n]{0,80}>(?<value>[^<]{1,1000})</u.exec(rest) : null;
  const attribute =
    inner ?? /^["']\s{1,4}(?:value|content)\s?=\s?["'](?<value>[^"'<>]{1,400})["']/iu.exec(rest);
  const value = attribute?.groups?.value;
  if (attribute === null || value === undefined) return undefined;
  const at = end + attribute[0].lastIndexOf(value);
  return { start: at, end: at + value.length, text: value, isQuoted: true, isOpen: false };
}

const QUOTES: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  "`": "`",
  "“": "”",
  "„": "“”",
  "”": "”",
  "«": "»",
  "»": "«",
  "‹": "›",
  "‘": "’",
  "‚": "‘’",
  "「": "」",
  "『": "』",
};

/** The longest value in quotes, in characters. */
const MAX_QUOTED = 1000;

/** Reads the value that starts at a place: in quotes, or up to the next space. */
export function readValue(text: string, at: number, isUnspaced: boolean): Value | undefined {
  const opening = endOf(/\\{0,3}/uy, text, at) ?? at;
  const closing = QUOTES[text[opening] ?? ""];
  if (closing !== undefined) {
    const start = opening + (text.startsWith('"""', opening) || text.startsWith("'''", opening) ? 3 : 1);
    const end = closingQuote(text, start, closing, opening > at);
    if (end !== undefined) return { start, end, text: text.slice(start, end), isQuoted: true, isOpen: false };
    const word = wordAt(text, start, false);
    return word && { ...word, isOpen: true };
  }
  return wordAt(text, at, isUnspaced);
}

function closingQuote(text: string, start: number, closing: string, isEscaped: boolean): number | undefined {
  const last = Math.min(text.length, start + MAX_QUOTED);
  for (let at = start; at < last; at++) {
    const sign = text[at] ?? "";
    if (sign === "\\" && !isEscaped) at++;
    else if (sign === closing && text[at + 1] === closing && !isEscaped && at > start) at++;
    else if (closing.includes(sign)) return isEscaped && text[at - 1] === "\\" ? at - 1 : at;
  }
  return undefined;
}

function wordAt(text: string, start: number, isUnspaced: boolean): Value | undefined {
  const pattern = isUnspaced ? /[!-~]{1,2000}|[^\s，。、；！？]{1,40}/uy : /\S{1,2000}/uy;
  const end = endOf(pattern, text, start);
  if (end === undefined) return undefined;
  return { start, end, text: text.slice(start, end), isQuoted: false, isOpen: false };
}
