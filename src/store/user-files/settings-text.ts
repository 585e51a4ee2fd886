import { type Node, type ParseError, parse, parseTree, printParseErrorCode } from "jsonc-parser";
import type { HiveError } from "../../errors.ts";
import { badSettings } from "./user-file.ts";

/** The settings of a tool, as values. */
export type Value = Readonly<Record<string, unknown>>;

/** Some editors put a byte-order mark at the start of a file. */
const BYTE_ORDER_MARK = "\ufeff";

/** The text without a byte-order mark. */
export function withoutMark(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

/** Edits a text behind its byte-order mark, which stays. */
export function behindMark(text: string, edit: (plain: string) => string): string {
  const plain = withoutMark(text);
  return text.slice(0, text.length - plain.length) + edit(plain);
}

/** Whether settings have nothing that the user would miss: no other values than these, and no comments. */
export function isBlank(path: string, text: string, root: Value): boolean {
  const isOurs = Object.entries(read(path, text)).every(([key, value]) => isSame(value, root[key]));
  return isOurs && !hasComments(text);
}

export function hasComments(text: string): boolean {
  const errors: ParseError[] = [];
  parse(withoutMark(text), errors, { disallowComments: true });
  return errors.some(({ error }) => printParseErrorCode(error) === "InvalidCommentToken");
}

/** Reads settings that may have comments. Throws HiveError where they do not parse, or have a key twice. */
export function read(path: string, text: string): Value {
  const errors: ParseError[] = [];
  const value: unknown = parse(withoutMark(text), errors);
  const [first] = errors;
  if (first) {
    const line = text.slice(0, first.offset).split("\n").length;
    throw unusable(`${path}:${line}`, `does not parse: ${printParseErrorCode(first.error)}`);
  }
  if (!isObject(value)) throw unusable(path, "does not contain a JSON object");
  const twice = repeatedKey(withoutMark(text));
  if (twice !== undefined) throw unusable(path, `has ${JSON.stringify(twice)} twice`);
  return value;
}

/** A key that stands twice where our hooks are: which of the two a tool reads, an edit cannot know. */
function repeatedKey(text: string): string | undefined {
  const root = parseTree(text);
  const own = keysOf(root);
  const hooks = root?.children?.filter(({ children }) => children?.[0]?.value === "hooks") ?? [];
  const events = hooks.flatMap(({ children }) => keysOf(children?.[1]));
  return hooks.length > 1 ? "hooks" : (repeated(own) ?? repeated(events));
}

function keysOf(node: Node | undefined): string[] {
  return node?.type === "object"
    ? (node.children ?? []).map(({ children }) => String(children?.[0]?.value))
    : [];
}

function repeated(keys: readonly string[]): string | undefined {
  return keys.find((key, at) => keys.indexOf(key) !== at);
}

/**
 * Checks an edited text against its expected value. An edit can go wrong when a key is repeated or the text ends in a
 * comma; then nothing is changed.
 */
export function checked(path: string, text: string, meant: Value): string {
  if (isSame(read(path, text), meant)) return text;
  throw unusable(path, "cannot be changed without changing other settings");
}

export function isSame(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((each, at) => isSame(each, other[at]));
  if (!isObject(one) || !isObject(other)) return one === other;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => isSame(one[key], other[key]));
}

export function isObject(value: unknown): value is Value {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function unusable(where: string, why: string): HiveError {
  return badSettings(where, why, "Fix the file. Or add by hand what this prints: hive setup <tool> --print");
}
