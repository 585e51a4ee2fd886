import { Urgency } from "../../domain/values/urgency.ts";
import { depthOf, type Fields, isFields } from "./read-object.ts";

/** Notes that something of a file could not be taken over as it was; its original is then kept. */
export type Note = (reason: string) => void;

/** Characters of a name, a role or the current work. */
export const SHORT_LIMIT = 4000;
/** Bytes of a JSON file that unknown keys may fill; its readers refuse twice as much. */
export const FILE_LIMIT = 131_072;
/** Deepest nesting of an unknown value in a JSON file; its readers refuse 32 levels for the whole of it. */
export const VALUE_DEPTH = 24;

const TAG_LIMIT = 400;
const TAGS_LIMIT = 256;
/** Characters of all tags of one list, so that a profile's file and the registry stay readable. */
const TAGS_SIZE = 16_384;
const KEY_LIMIT = 200;
const STATUS_LIMIT = 32;

/** A text, or a number or truth value as one; undefined for everything else and for blanks. */
export function asText(value: unknown): string | undefined {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

/** The first of these keys that holds a text. */
export function textOf(fields: Fields, keys: readonly string[]): string | undefined {
  const key = keyOf(fields, keys);
  return key === undefined ? undefined : asText(fields[key]);
}

/** Which of these keys holds the text that `textOf` finds. */
export function keyOf(fields: Fields, keys: readonly string[]): string | undefined {
  return keys.find((key) => asText(fields[key]) !== undefined);
}

/** The text within a limit, cut with an ellipsis, never through a surrogate pair. */
export function shorten(text: string, limit: number, what: string, note: Note): string {
  if (text.length <= limit) return text;
  note(`${what} is longer than ${limit} characters: shortened`);
  return `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** A list of words, or words between commas, as tags; undefined where there are none. */
export function asTags(value: unknown, what: string, note: Note): string[] | undefined {
  const items: readonly unknown[] = Array.isArray(value) ? value : (asText(value)?.split(",") ?? []);
  const tags = items
    .filter((item) => item !== null)
    .map((item) => (typeof item === "object" ? JSON.stringify(item) : asText(item)?.trim()))
    .filter((tag) => tag !== undefined)
    .map((tag) => shorten(tag, TAG_LIMIT, `an entry of ${what}`, note));
  let room = TAGS_SIZE;
  const kept = tags.slice(0, TAGS_LIMIT).filter((tag) => {
    room -= tag.length;
    return room >= 0;
  });
  if (kept.length < tags.length)
    note(`${what} has too many entries: ${tags.length - kept.length} are left out`);
  return kept.length > 0 ? kept : undefined;
}

/** A status as one lower-case word: `In Progress!` becomes `in-progress`; `unknown` where no word is left. */
export function asStatus(text: string | undefined): string {
  const plain = (text ?? "").slice(0, 4 * STATUS_LIMIT).toLowerCase();
  const word = plain.replaceAll(/[^a-z0-9_]+/g, "-").replace(/^[^a-z]+/, "");
  return word.slice(0, STATUS_LIMIT).replace(/-+$/, "") || "unknown";
}

/** The strongest of the words normal, high and urgent that a text has. */
export function asUrgency(text: string | undefined): Urgency | undefined {
  const words = new Set<string>(
    text
      ?.slice(0, 400)
      .toLowerCase()
      .match(/[a-z]+/g),
  );
  return [...Urgency.options].reverse().find((urgency) => words.has(urgency));
}

/** Which keys of a file are taken over as they are. */
export interface Rest {
  /** Keys that became something else. */
  readonly used: readonly (string | undefined)[];
  /** Keys that the hub's own format has: a value under one of them moves to `seed_<key>`. */
  readonly reserved: readonly string[];
  /** Deepest nesting that the hub's file can hold in one value. */
  readonly depth: number;
}

/** The unknown keys of a file, for the record that is made of it. */
export function keepRest(fields: Fields, { used, reserved, depth }: Rest, note: Note): Fields {
  const kept = Object.entries(fields)
    .filter(([key]) => !used.includes(key))
    .filter(([key, value]) => !reserved.includes(key) || (value !== null && value !== ""))
    .filter(([key, value]) => {
      const fits = key.length <= KEY_LIMIT && depthOf(value) <= depth && !hasLongKey(value);
      if (!fits) note(`${key.slice(0, 40)} cannot be held by the hub's file: left out`);
      return fits;
    })
    .map(([key, value]) => {
      const clashes = reserved.includes(key) || key.startsWith("seed_") || key === "<<";
      return [clashes ? `seed_${key}` : key, value] as const;
    });
  return Object.fromEntries(kept);
}

/** The record, or without its unknown keys when its file would be too large for the hub's readers. */
export function keepSmall(own: Fields, rest: Fields, limit: number, note: Note): Fields {
  const bytes = new TextEncoder().encode(JSON.stringify({ ...own, ...rest }, undefined, 2)).length;
  if (bytes <= limit || Object.keys(rest).length === 0) return rest;
  note("its unknown keys are too large for one file of the hub: left out");
  return {};
}

function hasLongKey(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasLongKey);
  if (!isFields(value)) return false;
  return Object.entries(value).some(([key, item]) => key.length > KEY_LIMIT || hasLongKey(item));
}
