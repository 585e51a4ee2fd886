import { firstLine } from "../domain/values/visible.ts";

const WIDTH = 120;
const FEWEST_WORDS = 3;

/** What follows these words is nobody else's business. */
const NAMED_SECRET =
  /\b(pass(?:word|wd|phrase)?|secret|token|api[-_ ]?key|authorization|bearer)\b(\s*[:=]?\s*)\S+/giu;
/** Long words of letters and digits: keys and tokens of whatever make. */
const KEY = /\b(?=[\w+/=-]*\d)(?=[\w+/=-]*[a-z])[\w+/=-]{20,}/giu;
const LOGIN = /\/\/[^\s/@]+@/gu;

/**
 * What a session works on, from its user's own words: their start on one line, without what may be a secret.
 * Undefined where they say too little, as `go on`, or are a command to the tool.
 */
export function workIn(prompt: string): string | undefined {
  const text = prompt.trim();
  if (/^[/!#<]/.test(text) || text.split(/\s+/u).length < FEWEST_WORDS) return undefined;
  const harmless = text
    .slice(0, 2000)
    .replaceAll(LOGIN, "//***@")
    .replaceAll(NAMED_SECRET, "$1$2***")
    .replaceAll(KEY, "***");
  return firstLine(harmless, WIDTH);
}
