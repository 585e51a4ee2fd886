import { type Dirent, existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FOLDER } from "../../domain/hub/layout.ts";
import type { EntryType } from "../../domain/validation/entries.ts";
import type { HubFile, HubTree } from "./hub-tree.ts";

/** Whether a project is a Git checkout with a hub's folder, whatever state the folder is in. */
export function hasHubFolder(project: string): boolean {
  return (
    existsSync(join(project, ".git")) &&
    lstatSync(join(project, FOLDER), { throwIfNoEntry: false }) !== undefined
  );
}

/** The hub's folder in a checkout, with uncommitted changes. Links are listed and never followed. */
export function workTree(project: string): HubTree {
  const root = join(project, FOLDER);
  const type = typeOf(lstatSync(root));
  const entries = type === undefined ? listFolder(root, FOLDER) : [entryAt(root, FOLDER, type)];
  return { entries, read: async ({ handle }) => readBytes(handle) };
}

function listFolder(folder: string, path: string): HubFile[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const [file, inner] = [join(folder, entry.name), `${path}/${entry.name}`];
    const type = entry.name === ".git" ? "repository" : typeOf(entry);
    return type === undefined ? listFolder(file, inner) : [entryAt(file, inner, type)];
  });
}

/** The type of an entry; undefined for a folder. */
function typeOf(entry: Pick<Dirent, "isFile" | "isDirectory" | "isSymbolicLink">): EntryType | undefined {
  if (entry.isDirectory()) return undefined;
  if (entry.isFile()) return "file";
  return entry.isSymbolicLink() ? "link" : "special";
}

function entryAt(file: string, path: string, type: EntryType): HubFile {
  return { path, type, size: lstatSync(file, { throwIfNoEntry: false })?.size ?? 0, handle: file };
}

/** The bytes of a file. A file may be removed while others are read: it is reported, and the rest is checked. */
function readBytes(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
