import matter from "gray-matter";
import { type CST, Lexer, Parser, parse, YAMLError } from "yaml";
import { checkKeys } from "./scan.ts";
import { Unreadable } from "./unreadable.ts";

/** Parses YAML of the core schema without tags, anchors or merge keys. Throws Unreadable. */
export function parseYaml(text: string): unknown {
  checkYaml(text);
  const value = readYaml(text);
  checkKeys(value);
  return value ?? {};
}

function readYaml(text: string): unknown {
  try {
    return parse(text, { schema: "core", maxAliasCount: 0, logLevel: "error" });
  } catch (error) {
    if (!(error instanceof YAMLError)) throw new Unreadable("yaml", "the file is not plain YAML");
    const [reason = "not valid YAML"] = error.message.split("\n");
    throw new Unreadable("yaml", reason.split(" at line ", 1)[0] ?? reason, error.pos[0]);
  }
}

/** gray-matter would run front matter that is marked as JavaScript, so every language but YAML is refused. */
const ENGINES = {
  // The line feed after the fence is not part of the header: offsets count from the character after it.
  yaml: { parse: (text: string) => Object(parseYaml(text.replace(/^\n/, ""))) as object },
  ...Object.fromEntries(
    ["javascript", "json", "coffee", "toml"].map((name) => [name, { parse: refuseLanguage }]),
  ),
};

function refuseLanguage(): never {
  throw new Unreadable("front-matter", "front matter must be YAML between two lines of ---");
}

/**
 * Parses front matter. gray-matter gets only the header, and an options object, which turns off its shared cache.
 * Throws Unreadable.
 */
export function parseHeader(header: string): Record<string, unknown> {
  return matter(`---\n${header}\n---\n`, { language: "yaml", engines: ENGINES }).data;
}

const MAX_DEPTH = 8;

const MAX_LINES = 2000;

const MAX_ITEMS = 1000;

/** Words, marks and spaces. Each takes a kilobyte of memory while it is parsed. */
const MAX_TOKENS = 100_000;

/**
 * Refuses YAML with anchors, aliases, tags, merge keys, deep nesting or thousands of items, because two kilobytes of
 * brackets can abort the process while a parser builds a tree. The check walks the library's concrete syntax tree,
 * which is built without recursion, and does not recurse either. Throws Unreadable.
 */
export function checkYaml(text: string): void {
  if (text.split("\n").length > MAX_LINES) throw new Unreadable("size", `more than ${MAX_LINES} lines`);
  const open = readTokens(text).map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { token, depth } = next;
    checkToken(token, depth);
    for (const inner of insideOf(token)) open.push({ token: inner, depth: depth + 1 });
  }
}

/** The concrete syntax tree. Refuses a text that is too large or has too many open brackets before the tree grows. */
function readTokens(text: string): CST.Token[] {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let [count, brackets] = [0, 0];
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme === "[" || lexeme === "{") brackets++;
    else if (lexeme === "]" || lexeme === "}") brackets = Math.max(0, brackets - 1);
    if (brackets > MAX_DEPTH + 1) throw tooDeep(parser.offset);
    if (++count > MAX_TOKENS)
      throw new Unreadable("size", `more than ${MAX_TOKENS} words, marks and spaces`, parser.offset);
    tokens.push(...parser.next(lexeme));
  }
  return [...tokens, ...parser.end()];
}

function tooDeep(offset: number): Unreadable {
  return new Unreadable("depth", `nested deeper than ${MAX_DEPTH}`, offset);
}

function checkToken(token: CST.Token, depth: number): void {
  // The document counts as a level, and so does a scalar.
  if (depth > MAX_DEPTH + 2) throw tooDeep(token.offset);
  if (token.type === "alias") throw notPlain(token.offset);
  if ("items" in token && token.items.length > MAX_ITEMS)
    throw new Unreadable("size", `more than ${MAX_ITEMS} items`, token.offset);
  for (const mark of marksOf(token))
    if (mark.type === "anchor" || mark.type === "tag") throw notPlain(mark.offset);
}

function notPlain(offset: number): Unreadable {
  return new Unreadable("yaml", "anchors, aliases, tags and merge keys are not allowed", offset);
}

/** The tokens before a value and between a key and its value, which include anchors and tags. */
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
