import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  lstatSync,
  readFileSync,
  realpathSync,
  renameSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { HiveError } from "../../errors.ts";
import { makeDirectory, temporaryName, unlink } from "../host/files.ts";

/** The bytes of a user's file; undefined where there is none. Throws HiveError where something else lies there. */
export function readUserFile(path: string): Buffer | undefined {
  const found = statOf(path);
  if (found === undefined) return undefined;
  try {
    return readFileSync(path);
  } catch {
    throw unusable(path, "cannot be read", "Check its permissions");
  }
}

/** Throws HiveError where a user's file cannot be written, so that nothing is written when only some files can be. */
export function checkWritable(path: string): void {
  const exists = statOf(path) !== undefined;
  try {
    if (exists) accessSync(path, constants.W_OK);
    accessSync(existingFolder(exists ? realpathSync(path) : path), constants.W_OK | constants.X_OK);
  } catch {
    throw unusable(path, "cannot be written", "Check its permissions, and those of its folder");
  }
}

/** Whether two paths lead to one file, by links or by several names of it. */
export function isSameFile(one: string, other: string): boolean {
  if (one === other) return true;
  try {
    const [first, second] = [statSync(one), statSync(other)];
    return first.ino !== 0 && first.ino === second.ino && first.dev === second.dev;
  } catch {
    return false;
  }
}

/** The file's own path, whatever links lead to it. */
export function fileOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(fileOf(dirname(path)), basename(path));
  }
}

/** Removes a file. One that has other names or to which a link leads was not made by us: it stays, and is empty. */
export function remove(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (found.isSymbolicLink() || found.nlink > 1) replace(path, Buffer.alloc(0));
  else unlink(path);
}

/**
 * Replaces a file so that readers see the old one or the new one. Links to it, its permissions and its owner stay. Where
 * only writing into the file keeps them, as for a file with several names, it is written into.
 */
export function replace(path: string, bytes: Buffer): void {
  const real = fileOf(path);
  const before = statSync(real, { throwIfNoEntry: false });
  makeDirectory(dirname(real), 0o777);
  if (before === undefined || before.nlink === 1) exchange(real, bytes, before);
  else writeFileSync(real, bytes, { flush: true });
}

function exchange(real: string, bytes: Buffer, before: Stats | undefined): void {
  const temporary = temporaryName(real);
  try {
    writeFileSync(temporary, bytes);
    if (before !== undefined) chmodSync(temporary, before.mode & 0o7777);
    if (before === undefined || hasOwner(temporary, before)) renameSync(temporary, real);
    else writeFileSync(real, bytes, { flush: true });
  } finally {
    unlink(temporary);
  }
}

/** Whether a file belongs to an owner, or now does. */
function hasOwner(path: string, { uid, gid, mode }: Stats): boolean {
  const own = statSync(path);
  if (own.uid === uid && own.gid === gid) return true;
  try {
    chownSync(path, uid, gid);
    // A change of the owner can take permissions away.
    chmodSync(path, mode & 0o7777);
    return true;
  } catch {
    return false;
  }
}

/** What lies at a path; undefined for nothing. Throws HiveError where that is no file. */
function statOf(path: string): Stats | undefined {
  const found = tryStat(() => statSync(path));
  if (found === "file above")
    throw unusable(path, "has a file in the place of a folder above it", "Move that file");
  if (found?.isFile()) return found;
  if (found !== undefined)
    throw unusable(path, `is ${found.isDirectory() ? "a folder" : "no file"}`, "Move it");
  if (tryStat(() => lstatSync(path)) === undefined) return undefined;
  throw unusable(
    path,
    "is a link that leads nowhere",
    "Remove the link, or create the file to which it leads",
  );
}

function tryStat(stat: () => Stats): Stats | "file above" | undefined {
  try {
    return stat();
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOTDIR" ? "file above" : undefined;
  }
}

/** The nearest folder above a path that exists. */
function existingFolder(path: string): string {
  let folder = dirname(path);
  while (tryStat(() => lstatSync(folder)) === undefined && dirname(folder) !== folder)
    folder = dirname(folder);
  return folder;
}

function unusable(path: string, what: string, next: string): HiveError {
  return badSettings(path, what, `${next}, then try again.`);
}

/** The error for a user's file that cannot be changed as it is. */
export function badSettings(where: string, what: string, next: string): HiveError {
  return new HiveError("bad_settings", `${where} ${what}. Nothing was changed.`, next, {
    failure: "invalid",
  });
}
