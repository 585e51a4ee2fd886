import { type FieldShape, salvageFields } from "./salvage-fields.ts";

export type ObjectFields = Readonly<Record<string, unknown>>;

/** The result of reading a file that should be a JSON object. */
export type ObjectReading =
  | { readonly kind: "read"; readonly fields: ObjectFields }
  | { readonly kind: "salvaged"; readonly fields: ObjectFields; readonly reason: string }
  | { readonly kind: "rejected"; readonly reason: string };

const MAX_JSON_BYTES = 262_144;
const MAX_DEPTH = 32;
const PROTOTYPE_KEYS = new Set(["__proto__", "constructor", "prototype"]);
export const REPLACED = "invalid characters were replaced";
const INVALID_JSON = "not valid JSON";
const REPEATED_KEY = "a key occurs twice";

/**
 * Reads a JSON object; with a shape, also an object that is broken in the ways of the old tools. Line ends become `
 * `; invalid characters (NUL, halves of surrogate pairs) become U+FFFD.
 */
export function readObject(bytes: Uint8Array, shape: FieldShape | undefined): ObjectReading {
  const source = readText(bytes, MAX_JSON_BYTES);
  if ("fault" in source) return rejected(source.fault);
  const { text } = source;
  const value = parse(text);
  const fault = value === undefined ? INVALID_JSON : hasRepeatedKey(text) ? REPEATED_KEY : undefined;
  if (fault === undefined) return checkFields(value, undefined);
  if (!shape)
    return value === undefined ? rejected(fault) : checkFields(value, `${fault}: the last value was kept`);
  const fields = salvageFields(text, shape);
  return Object.keys(fields).length > 0
    ? checkFields(fields, `${fault}: the fields were salvaged`)
    : rejected(fault);
}

/** Decodes strict UTF-8 without its byte-order mark. Returns the fault if the bytes are too many, empty or invalid. */
export function readText(bytes: Uint8Array, limit: number): { text: string } | { fault: string } {
  if (bytes.length > limit) return { fault: `larger than ${limit / 1024} KiB` };
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.trim() === "" ? { fault: "empty" } : { text };
  } catch {
    return { fault: "not valid UTF-8" };
  }
}

export function unifyLineEnds(text: string): string {
  return text.replaceAll(/\r\n?/g, "\n");
}

export function makeUsable(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\ufffd");
}

/** Whether a value is a JSON object: not a list and not null. */
export function isFields(value: unknown): value is ObjectFields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The nesting depth of lists and objects; a plain value has depth 0. Safe for any depth. */
export function depthOf(value: unknown): number {
  let deepest = 0;
  walk(value, (item, depth) => {
    deepest = Math.max(deepest, typeof item === "object" && item !== null ? depth : depth - 1);
  });
  return deepest;
}

function rejected(reason: string): ObjectReading {
  return { kind: "rejected", reason };
}

function checkFields(value: unknown, reason: string | undefined): ObjectReading {
  if (!isFields(value)) return rejected("not a JSON object");
  if (depthOf(value) > MAX_DEPTH) return rejected(`nested deeper than ${MAX_DEPTH} levels`);
  if (hasPrototypeKey(value)) return rejected("has a key that is reserved in JavaScript");
  const lines = mapTexts(value, unifyLineEnds);
  const fields = mapTexts(lines, makeUsable);
  const isChanged = JSON.stringify(fields) !== JSON.stringify(lines);
  const reasons = [reason, isChanged ? REPLACED : undefined];
  const given = reasons.filter((each) => each !== undefined).join("; ");
  return given === "" ? { kind: "read", fields } : { kind: "salvaged", fields, reason: given };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.trim());
  } catch {
    return undefined;
  }
}

/**
 * Whether a key occurs twice in an object. JSON.parse silently drops the first value, and a pasted text with quotes
 * can look like a repeated key. The text must be valid JSON: then only braces and strings matter, and strings before
 * a colon are keys.
 */
function hasRepeatedKey(text: string): boolean {
  const open: Set<string>[] = [];
  let before = "";
  for (const [token] of text.matchAll(/"[^"\\]*(?:\\[\s\S]?[^"\\]*)*(?:"|$)|[{}:]/g)) {
    if (token === "{") open.push(new Set());
    else if (token === "}") open.pop();
    else if (token === ":") {
      const name = String(JSON.parse(before));
      if (open.at(-1)?.has(name)) return true;
      open.at(-1)?.add(name);
    }
    before = token;
  }
  return false;
}

function hasPrototypeKey(value: unknown): boolean {
  let isFound = false;
  walk(value, (item) => {
    if (typeof item === "object" && item !== null)
      isFound ||= Object.keys(item).some((key) => PROTOTYPE_KEYS.has(key));
  });
  return isFound;
}

/** Visits every value without recursion. The outermost value has depth 1. */
function walk(value: unknown, visit: (item: unknown, depth: number) => void): void {
  const open: [item: unknown, depth: number][] = [[value, 1]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [item, depth] = next;
    visit(item, depth);
    if (typeof item !== "object" || item === null) continue;
    for (const child of Object.values(item)) open.push([child, depth + 1]);
  }
}

function mapTexts(value: ObjectFields, change: (text: string) => string): ObjectFields {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [change(key), mapItem(item, change)]));
}

function mapItem(item: unknown, change: (text: string) => string): unknown {
  if (typeof item === "string") return change(item);
  if (Array.isArray(item)) return item.map((child) => mapItem(child, change));
  return isFields(item) ? mapTexts(item, change) : item;
}
