import { type Node, type ParseError, parse, parseTree, printParseErrorCode } from "jsonc-parser";
import { isOurHook, type ToolHooks } from "../../domain/coding-tools/hook-entries.ts";
import { HiveError } from "../../errors.ts";
import { addValue, removeValue } from "./json-edit.ts";

type Value = Readonly<Record<string, unknown>>;

/** Some editors put a byte-order mark at the start of a file. */
const BYTE_ORDER_MARK = "\ufeff";

/**
 * Adds our hooks to a tool's settings and leaves every other byte unchanged. The text may be empty, and may have
 * comments where the tool takes them. Throws HiveError when it does not parse, or its hooks have the wrong type.
 */
export function withHooks(path: string, text: string, hooks: ToolHooks): string {
  if (text.startsWith(BYTE_ORDER_MARK)) return BYTE_ORDER_MARK + withHooks(path, text.slice(1), hooks);
  if (isIgnored(text, hooks)) throw unusable(path, "has comments, so the tool ignores all of it");
  const { root, events } = hooks;
  const start = text.trim() === "" ? "{}\n" : withoutHooks(path, text);
  const before = read(path, start);
  let merged = start;
  for (const [key, value] of Object.entries(root))
    if (before[key] === undefined) merged = addValue(merged, [], value, key);
  if (before.hooks === undefined) merged = addValue(merged, [], {}, "hooks");
  for (const [event, entry] of Object.entries(events))
    merged =
      hooksIn(read(path, merged))[event] === undefined
        ? addValue(merged, ["hooks"], [entry], event)
        : addValue(merged, ["hooks", event], entry);
  return checked(path, merged, expected(before, { root, events }));
}

/** Removes our hooks from the settings, and what is empty without them. Throws HiveError as `withHooks` does. */
export function withoutHooks(path: string, text: string): string {
  if (text.startsWith(BYTE_ORDER_MARK)) return BYTE_ORDER_MARK + withoutHooks(path, text.slice(1));
  if (text.trim() === "") return text;
  let left = text;
  for (const [event, entries] of Object.entries(hooksIn(check(path, read(path, text))))) {
    // Goes backwards, so that the indexes of the other entries stay valid.
    for (let at = (entries as unknown[]).length - 1; at >= 0; at--)
      left = withoutEntry(left, ["hooks", event, at], (entries as unknown[])[at]);
    const rest = hooksIn(read(path, left))[event] as unknown[];
    if (rest.length === 0 && (entries as unknown[]).length > 0) left = removeValue(left, ["hooks", event]);
  }
  const hasEmptied = left !== text && Object.keys(hooksIn(read(path, left))).length === 0;
  return hasEmptied ? removeValue(left, ["hooks"]) : left;
}

/** Whether settings have exactly our hooks of this version, each once, and none of another version. */
export function hasHooks(path: string, text: string, hooks: ToolHooks): boolean {
  const settings = check(path, read(path, text));
  if (isIgnored(text, hooks)) return false;
  const entriesOf = (event: string) => (hooksIn(settings)[event] ?? []) as unknown[];
  const ours = Object.keys(hooksIn(settings)).flatMap(entriesOf).filter(hasOurHook);
  const meant = Object.entries(hooks.events);
  return (
    ours.length === meant.length &&
    meant.every(([event, entry]) => entriesOf(event).some((each) => isSame(each, entry)))
  );
}

/** Whether settings turn off all hooks of their tool. */
export function turnsOffHooks(text: string, { off }: ToolHooks): boolean {
  const value: unknown = off?.path.reduce(valueIn, parse(withoutMark(text)));
  return off !== undefined && value === off.value;
}

function valueIn(value: unknown, key: string): unknown {
  return isObject(value) ? value[key] : undefined;
}

function withoutMark(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

/** Whether a tool ignores the settings because they have comments. */
function isIgnored(text: string, { isPlainJson }: ToolHooks): boolean {
  if (isPlainJson !== true) return false;
  const errors: ParseError[] = [];
  parse(withoutMark(text), errors, { disallowComments: true });
  return errors.some(({ error }) => printParseErrorCode(error) === "InvalidCommentToken");
}

/** Whether the settings have nothing that the user would miss. */
export function isBlank(path: string, text: string, { root }: ToolHooks): boolean {
  const settings = read(path, text);
  return Object.entries(settings).every(([key, value]) => isSame(value, root[key])) && !/\/[/*]/.test(text);
}

function hasOurHook(entry: unknown): boolean {
  return isOurHook(entry) || hooksOf(entry)?.some(isOurHook) === true;
}

function withoutEntry(text: string, path: (string | number)[], entry: unknown): string {
  if (isOurHook(entry)) return removeValue(text, path);
  const hooks = hooksOf(entry);
  if (hooks === undefined || !hooks.some(isOurHook)) return text;
  if (hooks.every(isOurHook)) return removeValue(text, path);
  return hooks.reduceRight<string>(
    (left, hook, at) => (isOurHook(hook) ? removeValue(left, [...path, "hooks", at]) : left),
    text,
  );
}

/** The hooks of a group of hooks. */
function hooksOf(entry: unknown): readonly unknown[] | undefined {
  const { hooks } = (typeof entry === "object" && entry !== null ? entry : {}) as { hooks?: unknown };
  return Array.isArray(hooks) ? hooks : undefined;
}

function read(path: string, text: string): Value {
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

/** Returns the settings after checking that their hooks have the right types. Throws HiveError. */
function check(path: string, settings: Value): Value {
  const { hooks = {} } = settings;
  if (!isObject(hooks)) throw unusable(path, 'has "hooks" that is not an object');
  const odd = Object.entries(hooks).find(([, entries]) => !Array.isArray(entries));
  if (odd && odd[0] !== "enabled" && odd[0] !== "disabled")
    throw unusable(path, `has "hooks.${odd[0]}" that is not a list`);
  return settings;
}

function hooksIn({ hooks }: Value): Value {
  return isObject(hooks)
    ? Object.fromEntries(Object.entries(hooks).filter(([, each]) => Array.isArray(each)))
    : {};
}

/** The settings as they must be in the end, computed on the values alone. */
function expected(before: Value, { root, events }: ToolHooks): Value {
  const hooks: Record<string, unknown> = isObject(before.hooks) ? { ...before.hooks } : {};
  for (const [event, entry] of Object.entries(events)) {
    const entries: unknown = hooks[event];
    hooks[event] = [...(Array.isArray(entries) ? entries : []), entry];
  }
  return { ...root, ...before, hooks };
}

/**
 * Checks an edited text against its expected value. An edit can go wrong when a key is repeated or the text ends in a
 * comma; then nothing is changed.
 */
function checked(path: string, text: string, meant: Value): string {
  if (isSame(read(path, text), meant)) return text;
  throw unusable(path, "cannot be changed without changing other settings");
}

function isSame(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((each, at) => isSame(each, other[at]));
  if (!isObject(one) || !isObject(other)) return one === other;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => isSame(one[key], other[key]));
}

function isObject(value: unknown): value is Value {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unusable(where: string, why: string): HiveError {
  return new HiveError(
    "bad_settings",
    `${where} ${why}. Nothing was changed.`,
    "Fix the file. Or add by hand what this prints: hive setup <tool> --print",
    { failure: "invalid" },
  );
}
