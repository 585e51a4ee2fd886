import {
  closeSync,
  constants,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { formatProcessId, thisProcess } from "./process-id.ts";

/** Reading waits for nobody: not for the writer of a named pipe that lies in the place of a file. */
export const READ_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** The text of a file; undefined when it cannot be read. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, { encoding: "utf8", flag: READ_FLAGS as unknown as string });
  } catch {
    return undefined;
  }
}

/** The names in a directory, sorted; none when the directory does not exist. */
export function listNames(directory: string): string[] {
  try {
    return readdirSync(directory).sort();
  } catch {
    return [];
  }
}

/** The same where nobody may conclude that a directory is empty: throws when it exists and cannot be listed. */
export function listNamesSurely(directory: string): string[] {
  try {
    return readdirSync(directory).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** Errors that pass, because they say nothing about the file. */
const PASSING = new Set(["EMFILE", "ENFILE", "ENOMEM", "EAGAIN", "EIO", "EINTR", "ESTALE", "ETIMEDOUT"]);

/** Like `readText`, where nobody may conclude that a file is gone: throws when the system fails for another reason. */
export function readTextSurely(path: string): string | undefined {
  try {
    return readFileSync(path, { encoding: "utf8", flag: READ_FLAGS as unknown as string });
  } catch (error) {
    if (PASSING.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
    return undefined;
  }
}

/** Writes a file so that readers see the old one or the new one, never half of it. Only the user can read it. */
export function writeAtomically(path: string, text: string): void {
  renameSync(writeBeside(path, text, false), path);
}

/**
 * Writes like `writeAtomically`; once it returns, the file survives a power failure. When it throws, the file does not
 * exist: after an error behind the rename the new file is removed again. If even that fails, the file counts as written,
 * because a reader may have seen it.
 */
export function writeDurably(path: string, text: string): void {
  renameSync(writeBeside(path, text, true), path);
  try {
    syncDirectory(dirname(path));
  } catch (error) {
    if (isRemoved(path)) throw error;
  }
}

function isRemoved(path: string): boolean {
  try {
    return unlink(path);
  } catch {
    return false;
  }
}

/**
 * Creates a directory and its missing parents; without a mode, only the user can read them. Node's own `recursive` is
 * not used, because it never ends where the system denies that a parent exists, as below /proc.
 */
export function makeDirectory(path: string, mode = 0o700): void {
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" && statSync(path).isDirectory()) return;
    if (code !== "ENOENT" || dirname(path) === path) throw error;
    makeDirectory(dirname(path), mode);
    makeLast(path, mode);
  }
}

/** Creates a directory whose parent exists. Another process may have created it meanwhile. */
function makeLast(path: string, mode: number): void {
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/** Removes a file. Returns false when it does not exist. */
export function unlink(path: string): boolean {
  try {
    unlinkSync(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

/** Removes a directory if it is empty. */
export function removeDirectory(path: string): void {
  try {
    rmdirSync(path);
  } catch {
    // It has files, or another process removed it.
    return;
  }
}

/** The name of a temporary file beside a path. No other process of any container or host uses it. */
export function temporaryName(path: string): string {
  return `${path}.${formatProcessId(thisProcess())}.tmp`;
}

/** Writes a temporary file beside a path and returns its name. Creates the directory if it is missing. */
export function writeBeside(path: string, text: string, isDurable: boolean): string {
  const temporary = temporaryName(path);
  const write = () => writeFileSync(temporary, text, { mode: 0o600, flush: isDurable });
  try {
    write();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw naming(path, error);
    makeDirectory(dirname(path));
    write();
  }
  return temporary;
}

/** The same error, with the path in its words. Node leaves it out once a file is open, as where a disk is full. */
function naming(path: string, error: unknown): unknown {
  if (error instanceof Error && "syscall" in error && !("path" in error)) error.message += ` '${path}'`;
  return error;
}

/**
 * Syncs a directory, because a new name is durable only with it. Systems that cannot sync a directory keep names
 * durable themselves.
 */
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

/** Encodes a text as a file name that never leaves its folder and is never too long. */
export function fileName(text: string): string {
  const safe = encodeURIComponent(text.toWellFormed()).replaceAll("*", "%2A").replace(/^\./, "%2E");
  return safe.length <= 200 ? safe : `${safe.slice(0, 180)}~${hash(safe)}`;
}

/** Distinguishes long names with the same start (FNV-1a). */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return value.toString(36);
}
