import { CONTROL } from "../values/text.ts";
import * as z from "../values/z.ts";
import { glob, haveCommonPath } from "./glob/glob.ts";

/** Characters of a key, and of a path or pattern. */
const LONGEST_KEY = 64;
const LONGEST_PATTERN = 256;

const KEY_SHAPE = /^[a-z0-9](?:[a-z0-9:_-]*[a-z0-9])?$/i;

/** Keys name files on every platform, and Windows has devices of these names. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?::|$)/;

const EVERY_PATH = glob("**");

/** Whether a text names work. All that is not letters, digits, `-`, `_` and `:` alone names files: `./docs` for one that is. */
export function isKey(text: string): boolean {
  return KEY_SHAPE.test(text);
}

/**
 * The one spelling of a target. Keys are lower-case. Paths are from the project's root on, with `/` and no `./`, in
 * the composed form of Unicode; a slash at the end means the whole folder. What cannot be a target stays none.
 */
function spellTarget(text: string): string {
  const composed = text.normalize("NFC");
  if (isKey(composed) || composed === "") return composed.toLowerCase();
  const [first = "", ...names] = composed.replaceAll("\\", "/").replace(/\/$/, "/**").split("/");
  const path = [first, ...names.filter((name) => name !== "")].filter((name) => name !== ".").join("/");
  return isKey(path) ? `./${path}` : path || "**";
}

/** A path as a pattern is compared with it: what marks it as no key is left out. */
export function pathOf(target: string): string {
  return target.replace(/^\.\//, "");
}

/** What is claimed: a key that names work, or a path or glob in a project. Spelled in one way. */
export const Target = z.pipe(
  z.pipe(z.string(), z.transform(spellTarget)),
  z.string().check(
    z.refine((target) => whyNot(target) === undefined, {
      error: ({ input }) => `${JSON.stringify(input).slice(0, 80)} ${whyNot(String(input))}`,
    }),
  ),
);

function whyNot(target: string): string | undefined {
  if (target === "") return "names nothing";
  if (!target.isWellFormed() || CONTROL.test(target)) return "has characters that no name has";
  if (isKey(target)) return whyNoKey(target);
  if (/^(?:\/|[a-z]:\/)/i.test(target)) return "is no path from the project's root on";
  if (target.split("/").includes("..")) return "leads elsewhere: a path has no .. in it";
  if (target.length > LONGEST_PATTERN) return `is longer than ${LONGEST_PATTERN} characters`;
  return haveCommonPath(glob(pathOf(target)), EVERY_PATH) ? undefined : "means no file at all";
}

function whyNoKey(key: string): string | undefined {
  if (key.length > LONGEST_KEY) return `is longer than ${LONGEST_KEY} characters`;
  return DEVICE.test(key) ? "is a device on Windows; choose another key" : undefined;
}
