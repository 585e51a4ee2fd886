import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { pid } from "node:process";

/** The text of a file, or undefined where there is none to read. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** The names in a directory, sorted; none where there is no directory. */
export function listNames(directory: string): string[] {
  try {
    return readdirSync(directory).sort();
  } catch {
    return [];
  }
}

/** Readers see the old file or the new one, never half of it. Only the user can read it. */
export function writeAtomically(path: string, text: string): void {
  renameSync(writeBeside(path, text, false), path);
}

/** The same, and when it returns the file outlives a loss of power. */
export function writeDurably(path: string, text: string): void {
  renameSync(writeBeside(path, text, true), path);
  syncDirectory(dirname(path));
}

/** Removes a file if it is there. */
export function unlink(path: string): boolean {
  try {
    unlinkSync(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

/** Writes a file that nobody looks for beside a path, in a directory that is made when it is not there; its name. */
export function writeBeside(path: string, text: string, isDurable: boolean): string {
  const temporary = `${path}.${pid}.tmp`;
  const write = () => writeFileSync(temporary, text, { mode: 0o600, flush: isDurable });
  try {
    write();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    write();
  }
  return temporary;
}

/** A new name is durable only with its directory. Systems that cannot sync one keep their names by themselves. */
function syncDirectory(path: string): void {
  let directory: number | undefined;
  try {
    directory = openSync(path, "r");
    fsyncSync(directory);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (!["EISDIR", "EPERM", "EACCES", "EINVAL", "ENOTSUP"].includes(code)) throw error;
  } finally {
    if (directory !== undefined) closeSync(directory);
  }
}

/** A text as the name of one file: never a way out of its folder, and never too long for one. */
export function fileName(text: string): string {
  const safe = encodeURIComponent(text.toWellFormed()).replaceAll("*", "%2A").replace(/^\./, "%2E");
  return safe.length <= 200 ? safe : `${safe.slice(0, 180)}~${hash(safe)}`;
}

/** Tells long names apart that start alike (FNV-1a). */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return value.toString(36);
}
