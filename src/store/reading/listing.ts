import { FOLDER, SETTINGS_PATH, WORKFLOWS } from "../../domain/hub/layout.ts";
import type { Finding } from "../../domain/values/finding.ts";
import { type ObjectReader, parseTree, type TreeEntry } from "../git/objects.ts";

/** More files than this in one part are not read: a reader has to end. */
const MAX_FILES = 50_000;

/** A file in the hub: its path from the repository's root, and its blob. */
interface ListedFile {
  readonly path: string;
  readonly oid: string;
}

export interface Listing {
  readonly files: readonly ListedFile[];
  readonly findings: readonly Finding[];
}

/** What of a tree belongs to a part. */
export interface Shape {
  readonly depth: number;
  readonly extension: string;
  readonly newest?: number;
}

/** The newest commit of a hub, and what lies in the hub's folder there. */
export interface Root {
  readonly commit: string;
  readonly entries: ReadonlyMap<string, TreeEntry>;
}

/** What a ref holds; undefined where it does not exist. The folder of a repository that is no hub is empty. */
export function readRoot(objects: ObjectReader, ref: string): Root | undefined {
  const [commit, folder] = objects.readNow([ref, `${ref}:${FOLDER}`]);
  if (commit === undefined) return undefined;
  const entries = folder?.type === "tree" ? parseTree(folder) : [];
  return { commit: commit.oid, entries: new Map(entries.map((entry) => [entry.name, entry])) };
}

/** Whether what a ref holds has been made a hub. */
export function isHub(root: Root | undefined): root is Root {
  return root?.entries.has(SETTINGS_NAME) === true;
}

const SETTINGS_NAME = SETTINGS_PATH.slice(FOLDER.length + 1);

/** An entry of a folder, by its mode: links are seen as links. */
export async function findInside(
  objects: ObjectReader,
  folder: TreeEntry,
  name: string,
): Promise<TreeEntry | undefined> {
  if (folder.mode !== FOLDER_MODE) return folder;
  return (await readTree(objects, folder.oid)).find((entry) => entry.name === name);
}

/** The plain files of a part, last names first; links, unexpected folders and the like become findings. */
export async function listFiles(
  objects: ObjectReader,
  path: string,
  root: TreeEntry,
  shape: Shape,
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

/** A file, not a link or a submodule. */
function isPlain({ mode }: TreeEntry): boolean {
  return mode.startsWith("100");
}

async function listTree(objects: ObjectReader, path: string, oid: string, shape: Shape): Promise<Listing> {
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

/** Every path under the hub's folder and the workflows' folder at a commit. */
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

/** Names that sort last first: of messages, the newest. */
async function readTree(objects: ObjectReader, name: string): Promise<TreeEntry[]> {
  const tree = await objects.read(name);
  return tree?.type === "tree" ? parseTree(tree).reverse() : [];
}

function misplaced(path: string, message: string): Finding {
  return { path, line: 1, column: 1, rule: "mode", message };
}
