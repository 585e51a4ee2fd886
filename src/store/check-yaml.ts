import { type CST, Parser } from "yaml";
import { Unreadable } from "./decoding/unreadable.ts";

const MAX_DEPTH = 8;
const MAX_LINES = 2000;
const MAX_ITEMS = 1000;

/**
 * Refuses YAML with anchors, aliases, tags, merge keys, deep nesting or thousands of items: two kilobytes of brackets
 * can abort the process while a tree is built of them. The library's own concrete syntax tree tells, which is made
 * without recursion; here it is walked without recursion too. Throws Unreadable.
 */
export function checkYaml(text: string): void {
  if (text.split("\n").length > MAX_LINES) throw new Unreadable("size", `more than ${MAX_LINES} lines`);
  const open = [...new Parser().parse(text)].map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { token, depth } = next;
    checkToken(token, depth);
    for (const inner of insideOf(token)) open.push({ token: inner, depth: depth + 1 });
  }
}

function checkToken(token: CST.Token, depth: number): void {
  // A document counts as a level, and so does what is neither map nor list.
  if (depth > MAX_DEPTH + 2) throw new Unreadable("depth", `nested deeper than ${MAX_DEPTH}`, token.offset);
  if (token.type === "alias") throw notPlain(token.offset);
  if ("items" in token && token.items.length > MAX_ITEMS)
    throw new Unreadable("size", `more than ${MAX_ITEMS} items`, token.offset);
  for (const mark of marksOf(token))
    if (mark.type === "anchor" || mark.type === "tag") throw notPlain(mark.offset);
}

function notPlain(offset: number): Unreadable {
  return new Unreadable("yaml", "anchors, aliases, tags and merge keys are not allowed", offset);
}

/** What stands before a value or between a key and its value: anchors and tags are among it. */
function marksOf(token: CST.Token): CST.SourceToken[] {
  if (token.type === "document") return token.start;
  if (!("items" in token)) return [];
  return token.items.flatMap(({ start, key, sep = [] }) => {
    if (key && "source" in key && key.source === "<<") throw notPlain(key.offset);
    return [...start, ...sep];
  });
}

function insideOf(token: CST.Token): CST.Token[] {
  if (token.type === "document") return token.value ? [token.value] : [];
  if (!("items" in token)) return [];
  return token.items.flatMap(({ key, value }) =>
    [key, value].filter((inner) => inner !== undefined && inner !== null),
  );
}
