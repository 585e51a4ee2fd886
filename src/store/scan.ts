import { Unreadable } from "./unreadable.ts";

const JSON_DEPTH = 32;
const YAML_DEPTH = 8;
const YAML_LINES = 2000;
const YAML_INDENT = 16;
const FORBIDDEN_KEYS = new Set(["__proto__", "constructor", "prototype"]);

/** Refuses text nested deeper than a parser can be trusted with. Throws Unreadable. */
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

/** Refuses an object that has a key twice, of which a parser would drop one. Takes valid JSON. Throws Unreadable. */
export function checkDuplicates(json: string): void {
  const open: Set<string>[] = [];
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (character === "{") open.push(new Set());
    else if (character === "}") open.pop();
    if (character !== '"') continue;
    const end = endOfQuote(json, at);
    // In valid JSON a string before a colon is a key, whatever else is around it.
    if (/^\s*:/.test(json.slice(end + 1, end + 65))) {
      const key: string = JSON.parse(json.slice(at, end + 1));
      const keys = open.at(-1);
      if (keys?.has(key)) throw new Unreadable("key", `the key ${key} stands twice`, at);
      keys?.add(key);
    }
    at = end;
  }
}

/** Refuses keys that a careless copy would take for JavaScript's own. Throws Unreadable. */
export function checkKeys(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (FORBIDDEN_KEYS.has(key)) throw new Unreadable("key", `the key ${key} is not allowed`);
    checkKeys(inner);
  }
}

/**
 * Refuses YAML with anchors, aliases, tags, merge keys, deep nesting or thousands of lines: two kilobytes of
 * brackets can abort the process inside the parser, so this looks before anything is parsed. Throws Unreadable.
 */
export function checkYaml(text: string): void {
  const lines = text.split("\n");
  if (lines.length > YAML_LINES) throw new Unreadable("size", `more than ${YAML_LINES} lines`);
  let offset = 0;
  let depth = 0;
  for (const line of lines) {
    const bare = withoutQuotes(line).replace(/(?:^|\s)#.*$/, "");
    if (/(?:^|[\s[{,:-])(?:[&*!]\S|<<\s*:)/.test(bare))
      throw new Unreadable("yaml", "anchors, aliases, tags and merge keys are not allowed", offset);
    depth += count(bare, /[[{]/g);
    if (depth > YAML_DEPTH || isDeepBlock(bare))
      throw new Unreadable("depth", `nested deeper than ${YAML_DEPTH}`, offset);
    depth -= count(bare, /[\]}]/g);
    offset += line.length + 1;
  }
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** Levels that a line opens by its indentation, or by dashes and question marks in a row. */
function isDeepBlock(line: string): boolean {
  return line.search(/\S/) > YAML_INDENT || /(?:[-?]\s+){4}/.test(line);
}

/** The line with its quoted strings emptied: what is inside them is never structure. */
function withoutQuotes(line: string): string {
  let bare = "";
  for (let at = 0; at < line.length; at++) {
    const character = line[at] ?? "";
    // A quote opens a string only where a value may start; inside a word it is a letter.
    const opens = (character === '"' || character === "'") && /(?:^|[\s[{,:])$/.test(bare.slice(-1));
    bare += character;
    if (opens) at = endOfQuote(line, at);
  }
  return bare;
}

/** Where the string that opens at `start` closes; the end of the text if it never does. */
function endOfQuote(text: string, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\" && quote === '"') at++;
    else if (text[at] === quote) return at;
  }
  return text.length;
}
