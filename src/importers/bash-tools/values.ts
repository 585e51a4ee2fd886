import { Urgency } from "../../domain/values/urgency.ts";
import { depthOf, isFields, type ObjectFields } from "./read-object.ts";

/** Records that a part of a file could not be imported unchanged. The hub then keeps the original. */
export type Note = (reason: string) => void;

/** Most characters of a name, a role or the current work. */
export const MAX_SHORT_TEXT = 4000;
/** Most bytes of a JSON file with its unknown keys. Readers refuse twice as much. */
export const MAX_FILE_BYTES = 131_072;
/** Deepest nesting of an unknown value in a JSON file. Readers refuse 32 levels for the whole file. */
export const MAX_VALUE_DEPTH = 24;

const MAX_TAG_LENGTH = 400;
const MAX_TAGS = 256;
/** Most characters of all tags in one list, so that profile and registry stay readable. */
const MAX_TAGS_LENGTH = 16_384;
const MAX_KEY_LENGTH = 200;
const MAX_STATUS_LENGTH = 32;

/** A text, number or boolean as text; undefined for any other value and for blank text. */
export function asText(value: unknown): string | undefined {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

/** The text of the first of these keys that has one; undefined if none has. */
export function textOf(fields: ObjectFields, keys: readonly string[]): string | undefined {
  const key = keyOf(fields, keys);
  return key === undefined ? undefined : asText(fields[key]);
}

/** The key whose text `textOf` returns. */
export function keyOf(fields: ObjectFields, keys: readonly string[]): string | undefined {
  return keys.find((key) => asText(fields[key]) !== undefined);
}

/** The text within a limit. A longer text is cut with an ellipsis, never through a surrogate pair. */
export function shorten(text: string, limit: number, label: string, note: Note): string {
  if (text.length <= limit) return text;
  note(`${label} is longer than ${limit} characters: shortened`);
  return `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** Tags from a list of words or from words separated by commas; undefined if there are none. */
export function asTags(value: unknown, label: string, note: Note): string[] | undefined {
  const items: readonly unknown[] = Array.isArray(value) ? value : (asText(value)?.split(",") ?? []);
  const tags = items
    .filter((item) => item !== null)
    .map((item) => (typeof item === "object" ? JSON.stringify(item) : asText(item)?.trim()))
    .filter((tag) => tag !== undefined)
    .map((tag) => shorten(tag, MAX_TAG_LENGTH, `an entry of ${label}`, note));
  let room = MAX_TAGS_LENGTH;
  const kept = tags.slice(0, MAX_TAGS).filter((tag) => {
    room -= tag.length;
    return room >= 0;
  });
  if (kept.length < tags.length)
    note(`${label} has too many entries: ${tags.length - kept.length} were left out`);
  return kept.length > 0 ? kept : undefined;
}

/** A status as one lower-case word: `In Progress!` becomes `in-progress`. `unknown` if no word is left. */
export function asStatus(text: string | undefined): string {
  const plain = (text ?? "").slice(0, 4 * MAX_STATUS_LENGTH).toLowerCase();
  const word = plain.replaceAll(/[^a-z0-9_]+/g, "-").replace(/^[^a-z]+/, "");
  return word.slice(0, MAX_STATUS_LENGTH).replace(/(?<!-)-+$/, "") || "unknown";
}

/** The strongest of the words normal, high and urgent in a text; undefined if it has none. */
export function asUrgency(text: string | undefined): Urgency | undefined {
  const words = new Set<string>(
    text
      ?.slice(0, 400)
      .toLowerCase()
      .match(/[a-z]+/g),
  );
  return [...Urgency.options].reverse().find((urgency) => words.has(urgency));
}

/** Which keys of a file are imported unchanged. */
export interface Rest {
  /** Keys that were already imported as other fields. */
  readonly used: readonly (string | undefined)[];
  /** Keys of the hub's own format. A value under one of them moves to `seed_<key>`. */
  readonly reserved: readonly string[];
  /** Deepest nesting of one value in the hub's file. */
  readonly depth: number;
}

/** The unknown keys of a file, for the record made from it. */
export function keepRest(fields: ObjectFields, { used, reserved, depth }: Rest, note: Note): ObjectFields {
  const kept = Object.entries(fields)
    .filter(([key]) => !used.includes(key))
    .filter(([key, value]) => !reserved.includes(key) || (value !== null && value !== ""))
    .filter(([key, value]) => {
      const fits = key.length <= MAX_KEY_LENGTH && depthOf(value) <= depth && !hasLongKey(value);
      if (!fits) note(`${key.slice(0, 40)} does not fit into the hub's file: left out`);
      return fits;
    })
    .map(([key, value]) => {
      const clashes = reserved.includes(key) || key.startsWith("seed_") || key === "<<";
      return [clashes ? `seed_${key}` : key, value] as const;
    });
  return Object.fromEntries(kept);
}

/** The unknown keys, or none if the record's file would be too large for readers. */
export function keepSmall(own: ObjectFields, rest: ObjectFields, limit: number, note: Note): ObjectFields {
  const bytes = new TextEncoder().encode(JSON.stringify({ ...own, ...rest }, undefined, 2)).length;
  if (bytes <= limit || Object.keys(rest).length === 0) return rest;
  note("the unknown keys are too large for one file of the hub: left out");
  return {};
}

function hasLongKey(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasLongKey);
  if (!isFields(value)) return false;
  return Object.entries(value).some(([key, item]) => key.length > MAX_KEY_LENGTH || hasLongKey(item));
}
