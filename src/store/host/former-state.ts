import { existsSync, lstatSync, renameSync, rmdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { listNames, makeDirectory, unlink } from "./files.ts";
import { HostLock } from "./host-lock.ts";
import { isSystemError } from "./unkept.ts";

/**
 * The folder names under which older versions stored what belongs to a path or a URL: its parts, percent-encoded. A long
 * name in another script was too long for a file system.
 */
export function formerFolders(text: string): string[] {
  return text
    .toWellFormed()
    .split("/")
    .filter((part) => part !== "")
    .map((part) => encodeURIComponent(part).replaceAll("*", "%2A"))
    .map((part) => part.replace(/^\.+$/, (dots) => "%2E".repeat(dots.length)));
}

/** The path or URL that such folder names stand for. A URL has two slashes after its scheme, a path one at its start. */
export function readFormerFolders(names: readonly string[]): string {
  const [first = "", ...rest] = names.map(decodeURIComponent);
  if (/^file:$/i.test(first)) return `${first}///${rest.join("/")}`;
  if (/^[a-z]+:$/i.test(first)) return `${first}//${rest.join("/")}`;
  const text = [first, ...rest].join("/");
  return /^[^/]*:/.test(first) ? text : `/${text}`;
}

/**
 * Moves what an older version stored to its place of today, unless that exists. Returns where it is now: it stays where a
 * process of the older version is writing, and where the state directory cannot be written.
 */
export function adopt(former: string, place: string): string {
  if (existsSync(place) || !existsSync(former)) return place;
  if (HostLock.holder(join(former, "lock"))) return former;
  try {
    makeDirectory(dirname(place));
    renameSync(former, place);
    removeEmptyParents(former);
  } catch {
    // Another process of this host was faster, or nothing can be written.
    return existsSync(former) ? former : place;
  }
  return place;
}

/**
 * Moves every file into another directory that does not have it yet; where both have one, that of the other stays.
 * Nothing is moved where the state directory cannot be written.
 */
export function merge(from: string, into: string): void {
  try {
    for (const name of listNames(from)) {
      const [source, target] = [join(from, name), join(into, name)];
      if (!existsSync(target)) {
        makeDirectory(into);
        renameSync(source, target);
      } else if (lstatSync(target).isDirectory()) merge(source, target);
      else unlink(source);
    }
  } catch (error) {
    // Another process of this host is moving them too, or nothing can be written.
    if (!isSystemError(error)) throw error;
  }
  removeEmpty(from);
}

/** Every directory with a name below a folder, as older versions nested them. */
export function formerPlaces(directory: string, name: string): string[][] {
  const below = (path: readonly string[]): string[][] =>
    listNames(join(directory, ...path)).flatMap((each) => {
      if (each === name) return [[...path]];
      const isFolder = lstatSync(join(directory, ...path, each), { throwIfNoEntry: false })?.isDirectory();
      return isFolder && !each.startsWith("@") ? below([...path, each]) : [];
    });
  return below([]);
}

/** Removes the folders above a path that are empty now. */
export function removeEmptyParents(path: string): void {
  for (let at = dirname(path); removeEmpty(at); at = dirname(at));
}

function removeEmpty(directory: string): boolean {
  try {
    rmdirSync(directory);
    return true;
  } catch {
    return false;
  }
}
