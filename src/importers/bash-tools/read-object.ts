import { type Shape, salvageFields } from "./salvage-fields.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** What could be read of a file that should be a JSON object. */
export type Reading =
  | { readonly kind: "read"; readonly fields: Fields }
  | { readonly kind: "salvaged"; readonly fields: Fields; readonly reason: string }
  | { readonly kind: "rejected"; readonly reason: string };

const JSON_LIMIT = 262_144;
const DEPTH_LIMIT = 32;
const PROTOTYPE_KEYS = new Set(["__proto__", "constructor", "prototype"]);
export const REPLACED = "characters that no text may have were replaced";
const BROKEN = "not valid JSON";
const REPEATED = "a key is given twice";

/**
 * Reads a JSON object; with a shape, also one that is broken in the ways the old tools broke it.
 * Line ends become `\n`, and characters no text may have (NUL, halves of surrogate pairs) become U+FFFD.
 */
export function readObject(bytes: Uint8Array, shape: Shape | undefined): Reading {
  const source = readText(bytes, JSON_LIMIT);
  if ("fault" in source) return rejected(source.fault);
  const { text } = source;
  const value = parse(text);
  const fault = value === undefined ? BROKEN : hasRepeatedKey(text) ? REPEATED : undefined;
  if (fault === undefined) return checkFields(value, undefined);
  if (!shape)
    return value === undefined ? rejected(fault) : checkFields(value, `${fault}: the last one counts`);
  const fields = salvageFields(text, shape);
  return Object.keys(fields).length > 0
    ? checkFields(fields, `${fault}: read as it stands`)
    : rejected(fault);
}

/** Strict UTF-8 without its byte-order mark, no larger than the limit and not empty, or what is wrong with it. */
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

/** True for what JSON calls an object: no list, not null. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** How deep lists and objects lie in each other; a plain value has depth 0. Safe for any depth. */
export function depthOf(value: unknown): number {
  let deepest = 0;
  walk(value, (item, depth) => {
    deepest = Math.max(deepest, typeof item === "object" && item !== null ? depth : depth - 1);
  });
  return deepest;
}

function rejected(reason: string): Reading {
  return { kind: "rejected", reason };
}

function checkFields(value: unknown, reason: string | undefined): Reading {
  if (!isFields(value)) return rejected("not a JSON object");
  if (depthOf(value) > DEPTH_LIMIT) return rejected(`nested deeper than ${DEPTH_LIMIT} levels`);
  if (hasPrototypeKey(value)) return rejected("has a key that JavaScript takes for its own");
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
 * JSON.parse silently drops the first of two values with one key, which is how a text with quotes in it can look.
 * For valid JSON only: strings, of which those before a colon are keys, and braces are all that matters.
 */
function hasRepeatedKey(text: string): boolean {
  const open: Set<string>[] = [];
  for (const [token, key] of text.matchAll(/("[^"\\]*(?:\\.[^"\\]*)*")\s*:|"[^"\\]*(?:\\.[^"\\]*)*"|[{}]/g)) {
    if (token === "{") open.push(new Set());
    else if (token === "}") open.pop();
    else if (key !== undefined) {
      const name = String(JSON.parse(key));
      if (open.at(-1)?.has(name)) return true;
      open.at(-1)?.add(name);
    }
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

/** Visits every value without recursion; the outermost has depth 1. */
function walk(value: unknown, visit: (item: unknown, depth: number) => void): void {
  const open: [item: unknown, depth: number][] = [[value, 1]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [item, depth] = next;
    visit(item, depth);
    if (typeof item !== "object" || item === null) continue;
    for (const child of Object.values(item)) open.push([child, depth + 1]);
  }
}

function mapTexts(value: Fields, change: (text: string) => string): Fields {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [change(key), mapItem(item, change)]));
}

function mapItem(item: unknown, change: (text: string) => string): unknown {
  if (typeof item === "string") return change(item);
  if (Array.isArray(item)) return item.map((child) => mapItem(child, change));
  return isFields(item) ? mapTexts(item, change) : item;
}
