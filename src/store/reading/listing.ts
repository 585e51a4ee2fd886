import { FOLDER, SETTINGS_PATH, WORKFLOWS } from "../../domain/hub/layout.ts";
import type { Finding } from "../../domain/values/finding.ts";
import { type ObjectReader, parseTree, type TreeEntry } from "../git/objects.ts";

/** At most this many files of one part are read, so that every read ends. */
const MAX_FILES = 50_000;

/** A file in the hub: its path from the repository's root, and the id of its blob. */
interface ListedFile {
  readonly path: string;
  readonly oid: string;
}

export interface Listing {
  readonly files: readonly ListedFile[];
  readonly findings: readonly Finding[];
}

/** Which files of a tree belong to a part. */
export interface FolderShape {
  readonly depth: number;
  readonly extension: string;
  readonly newest?: number;
}

/** The newest commit of a hub and the entries of the hub's folder in it. */
export interface Root {
  readonly commit: string;
  readonly entries: ReadonlyMap<string, TreeEntry>;
}

/**
 * Reads the root that a ref points to; undefined when the ref does not exist. A repository that is no hub has no
 * entries.
 */
export function readRoot(objects: ObjectReader, ref: string): Root | undefined {
  const [commit, folder] = objects.readNow([ref, `${ref}:${FOLDER}`]);
  if (commit === undefined) return undefined;
  const entries = folder?.type === "tree" ? parseTree(folder) : [];
  return { commit: commit.oid, entries: new Map(entries.map((entry) => [entry.name, entry])) };
}

/** Whether a root is that of a hub. */
export function isHub(root: Root | undefined): root is Root {
  return root?.entries.has(SETTINGS_NAME) === true;
}

const SETTINGS_NAME = SETTINGS_PATH.slice(FOLDER.length + 1);

/** Finds an entry of a folder by name. A link or a file in the folder's position is returned itself. */
export async function findInside(
  objects: ObjectReader,
  folder: TreeEntry,
  name: string,
): Promise<TreeEntry | undefined> {
  if (folder.mode !== FOLDER_MODE) return folder;
  return (await readTree(objects, folder.oid)).find((entry) => entry.name === name);
}

/** Lists the plain files of a part, last names first. Links, unexpected folders and other entries become findings. */
export async function listFiles(
  objects: ObjectReader,
  path: string,
  root: TreeEntry,
  shape: FolderShape,
): Promise<Listing> {
  const isFolder = shape.depth > 0;
  if (isFolder ? root.mode !== FOLDER_MODE : !isPlain(root))
    return {
      files: [],
      findings: [misplaced(path, `a plain ${isFolder ? "folder" : "file"} is expected here`)],
    };
  if (!isFolder) return { files: [{ path, oid: root.oid }], findings: [] };
  return listTree(objects, path, root.oid, shape);
}

const FOLDER_MODE = "40000";

/** Whether an entry is a file and not a link or a submodule. */
function isPlain({ mode }: TreeEntry): boolean {
  return mode.startsWith("100");
}

async function listTree(
  objects: ObjectReader,
  path: string,
  oid: string,
  shape: FolderShape,
): Promise<Listing> {
  const limit = shape.newest ?? MAX_FILES;
  const files: ListedFile[] = [];
  const findings: Finding[] = [];
  for (const entry of await readTree(objects, oid)) {
    if (files.length >= limit) break;
    const inner = `${path}/${entry.name}`;
    if (entry.mode === FOLDER_MODE && shape.depth > 1) {
      const rest = { ...shape, depth: shape.depth - 1, newest: limit - files.length };
      const below = await listTree(objects, inner, entry.oid, rest);
      files.push(...below.files);
      findings.push(...below.findings);
    } else if (!isPlain(entry)) {
      findings.push(misplaced(inner, "neither links nor unexpected folders are read"));
    } else if (shape.depth === 1 && entry.name.endsWith(shape.extension)) {
      files.push({ path: inner, oid: entry.oid });
    }
  }
  return { files, findings };
}

/** Every path in the hub's folder and in the workflows' folder at a commit. */
export async function listPaths(objects: ObjectReader, commit: string): Promise<Set<string>> {
  const found = new Set<string>();
  const walk = async (path: string, name: string): Promise<void> => {
    for (const entry of await readTree(objects, name)) {
      if (entry.mode === FOLDER_MODE) await walk(`${path}/${entry.name}`, entry.oid);
      else found.add(`${path}/${entry.name}`);
    }
  };
  for (const folder of [FOLDER, WORKFLOWS]) await walk(folder, `${commit}:${folder}`);
  return found;
}

/** The entries of a tree, last names first, so that the newest messages come first. */
async function readTree(objects: ObjectReader, name: string): Promise<TreeEntry[]> {
  const tree = await objects.read(name);
  return tree?.type === "tree" ? parseTree(tree).reverse() : [];
}

function misplaced(path: string, message: string): Finding {
  return { path, line: 1, column: 1, rule: "mode", message };
}
