import { Unreadable } from "./unreadable.ts";

const JSON_DEPTH = 32;
const FORBIDDEN_KEYS = new Set(["__proto__", "constructor", "prototype"]);

/** Refuses text that is nested too deep for a parser. Throws Unreadable. */
export function checkDepth(text: string): void {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = endOfQuote(text, at);
    else if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") depth--;
    if (depth > JSON_DEPTH) throw new Unreadable("depth", `nested deeper than ${JSON_DEPTH}`, at);
  }
}

const COLON = /\s*:/y;

/**
 * Refuses an object with a repeated key, because a parser would drop one of the two. Takes valid JSON. Throws
 * Unreadable.
 */
export function checkDuplicates(json: string): void {
  const open: Set<string>[] = [];
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (character === "{") open.push(new Set());
    else if (character === "}") open.pop();
    if (character !== '"') continue;
    const end = endOfQuote(json, at);
    // In valid JSON, a string before a colon is always a key.
    COLON.lastIndex = end + 1;
    if (COLON.test(json)) {
      const key: string = JSON.parse(json.slice(at, end + 1));
      const keys = open.at(-1);
      if (keys?.has(key)) throw new Unreadable("key", `the key ${key} is repeated`, at);
      keys?.add(key);
    }
    at = end;
  }
}

/** The most values in a file: six and a few tags for each of 100,000 entries of a registry. */
const MAX_VALUES = 1_000_000;

/**
 * Refuses keys that have a special meaning in JavaScript objects, and more values than a schema can report faults of.
 * Throws Unreadable.
 */
export function checkKeys(value: unknown, seen = { values: 0 }): void {
  if (++seen.values > MAX_VALUES) throw new Unreadable("size", `the file has more than ${MAX_VALUES} values`);
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (FORBIDDEN_KEYS.has(key)) throw new Unreadable("key", `the key ${key} is not allowed`);
    checkKeys(inner, seen);
  }
}

/** The offset at which the string that starts at `start` ends; the end of the text if it does not end. */
function endOfQuote(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at;
  }
  return text.length;
}
