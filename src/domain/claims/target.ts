import { CONTROL } from "../values/text.ts";
import * as z from "../values/z.ts";
import { glob, haveCommonPath } from "./glob/glob.ts";

/** Most characters of a key, and of a path or pattern. */
const MAX_KEY_LENGTH = 64;
const MAX_PATTERN_LENGTH = 256;

const KEY = /^[a-z0-9](?:[a-z0-9:_-]*[a-z0-9])?$/i;

/** Keys are file names on every platform, and these names are devices on Windows. */
const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?::|$)/;

const EVERY_PATH = glob("**");

/**
 * Whether a text is a key that names work: only letters, digits, `-`, `_` and `:`. Every other text names files;
 * write `./docs` for a file that looks like a key.
 */
export function isKey(text: string): boolean {
  return KEY.test(text);
}

/** Names that files have in many projects, also in small letters and without a dot. */
const WELL_KNOWN_FILE =
  /^(?:(?:gnu)?makefile|(?:brew|cap|container|docker|gem|jenkins|just|pip|pod|proc|rake|tilt|vagrant)file|readme|licen[cs]e|changelog|codeowners)$/i;

/** The number of a ticket, such as `PROJ-123` or `T123`. */
const TICKET = /^(?:[a-z][a-z0-9]*[-_]|[A-Z]+)\d+$|^[A-Z][A-Za-z0-9]*[-_]\d+$/;

/**
 * Whether a user means work by a name, and not a file that need not exist yet. Only a key can name work. A name with a
 * capital letter is a file's, such as `Makefile`, unless it is the number of a ticket or has a `:`.
 */
export function namesWork(text: string): boolean {
  if (!isKey(text) || WELL_KNOWN_FILE.test(text)) return false;
  return !/[A-Z]/.test(text) || text.includes(":") || TICKET.test(text);
}

/**
 * The normal spelling of a target. Keys are lower-case. Paths are relative to the project's root, use `/`, have no
 * `./`, and are in the composed form of Unicode. A slash at the end means the whole folder. An invalid target stays
 * invalid.
 */
function spellTarget(text: string): string {
  const composed = text.normalize("NFC");
  if (isKey(composed) || composed === "") return composed.toLowerCase();
  const [first = "", ...names] = composed.replaceAll("\\", "/").replace(/\/$/, "/**").split("/");
  const path = [first, ...names.filter((name) => name !== "")].filter((name) => name !== ".").join("/");
  return isKey(path) ? `./${path}` : path || "**";
}

/** The path as patterns are compared with it: without the `./` that marks a path. */
export function pathOf(target: string): string {
  return target.replace(/^\.\//, "");
}

/** Whether two targets are the same: `src/api`, `src/api/` and `src/api/**` are. */
export function isSameTarget(one: string, other: string): boolean {
  if (one === other || isKey(one) || isKey(other)) return one === other;
  return folderOf(one) === folderOf(other);
}

/** Whether a held path or pattern has a path in common with a wanted one, or with the folder that it names. */
export function isOverOrBelow(held: string, wanted: string): boolean {
  if (isKey(held)) return false;
  // A key may name a folder, but no path.
  if (isKey(wanted)) return isBelow(held, wanted);
  const paths = glob(pathOf(held));
  return haveCommonPath(paths, glob(pathOf(wanted))) || haveCommonPath(paths, glob(`${folderOf(wanted)}/**`));
}

/** Whether a held path or pattern lies below the folder that a wanted target names. */
export function isBelow(held: string, wanted: string): boolean {
  return pathOf(held).startsWith(`${folderOf(wanted)}/`);
}

function folderOf(target: string): string {
  return pathOf(target).replace(/\/\*\*$/, "");
}

/** A target of a claim: a key that names work, or a path or glob in a project. Normalized to one spelling. */
export const Target = z.pipe(
  z.pipe(z.string(), z.transform(spellTarget)),
  z.string().check(
    z.refine((target) => problemOf(target) === undefined, {
      error: ({ input }) => `${JSON.stringify(input).slice(0, 80)} ${problemOf(String(input))}`,
    }),
  ),
);

function problemOf(target: string): string | undefined {
  if (target === "") return "is empty; expected a key, path or pattern";
  if (!target.isWellFormed() || CONTROL.test(target)) return "has control or invalid characters";
  if (isKey(target)) return problemOfKey(target);
  if (/^(?:\/|[a-z]:\/)/i.test(target)) return "is absolute; expected a path relative to the project's root";
  if (target.split("/").includes("..")) return "contains ..; expected a path inside the project";
  if (target.length > MAX_PATTERN_LENGTH) return `is longer than ${MAX_PATTERN_LENGTH} characters`;
  return haveCommonPath(glob(pathOf(target)), EVERY_PATH) ? undefined : "matches no possible file";
}

function problemOfKey(key: string): string | undefined {
  if (key.length > MAX_KEY_LENGTH) return `is longer than ${MAX_KEY_LENGTH} characters`;
  return WINDOWS_DEVICE.test(key) ? "is the name of a device on Windows; choose another key" : undefined;
}
