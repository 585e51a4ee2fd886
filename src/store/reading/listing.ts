import { dirname } from "node:path/posix";
import { FOLDER, SETTINGS_PATH, WORKFLOWS } from "../../domain/hub/layout.ts";
import type { Finding } from "../../domain/values/finding.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { HiveError } from "../../errors.ts";
import { commitDate } from "../git/commit-date.ts";
import { type GitObject, type ObjectReader, Tree, type TreeEntry } from "../git/objects.ts";

/** The largest commit whose date is read. A commit's message may have any size. */
const MAX_COMMIT_BYTES = 65_536;

/** The most files of one part that are listed, so that every read ends. */
const MAX_LISTED_FILES = 200_000;

/** The most folders below a part. Folders may hold one another many times, so that they never end. */
const MAX_FOLDERS = 1000;

/** The largest folder that is read: about 200,000 names. */
const MAX_TREE_BYTES = 16_777_216;

/** The most entries of one part that are reported one by one. */
const MAX_MISPLACED = 100;

/** The rule of findings on files and folders whose content the repository lacks. */
export const MISSING = "missing";

/** A file in the hub: its path from the repository's root, and the id of its blob. */
interface ListedFile {
  readonly path: string;
  readonly oid: string;
}

export interface Listing {
  readonly files: readonly ListedFile[];
  /** How many files there are, which may be more than are listed. */
  readonly count: number;
  readonly findings: readonly Finding[];
}

/** A listing that is being made. */
interface Draft {
  readonly files: ListedFile[];
  readonly findings: Finding[];
  count: number;
  folders: number;
  /** Folders of later dates are left out. */
  readonly until: string | undefined;
}

/** Which files of a tree belong to a part. */
export interface FolderShape {
  readonly depth: number;
  readonly extension: string;
  readonly newest?: number;
}

/** Which files are listed of many: this many, the last ones by name, and those at the known paths. */
interface Kept {
  readonly most: number;
  readonly known: ReadonlySet<string>;
}

const ALL: Kept = { most: Number.POSITIVE_INFINITY, known: new Set() };

/** The newest commit of a hub and the entries of the hub's folder in it. */
export interface Root {
  readonly commit: string;
  /** The commit's date; undefined when it was not read. */
  readonly at?: Instant | undefined;
  readonly entries: ReadonlyMap<string, TreeEntry>;
}

/**
 * Reads the root that a ref points to; undefined when the ref does not exist. A repository that is no hub has no
 * entries.
 */
export function readRoot(objects: ObjectReader, ref: string): Root | undefined {
  const [commit, folder] = objects.inspectNow([ref, `${ref}:${FOLDER}`]);
  if (commit === undefined) return undefined;
  if (folder === undefined || !isReadable(folder)) return { commit: commit.oid, entries: new Map() };
  const isSmall = commit.type === "commit" && commit.size <= MAX_COMMIT_BYTES;
  const [tree, dated] = objects.readNow([folder.oid, ...(isSmall ? [commit.oid] : [])]);
  const entries = new Map([...(tree ? new Tree(tree) : [])].map((entry) => [entry.name, entry]));
  return { commit: commit.oid, at: dated && commitDate(dated.bytes), entries };
}

/** Whether a root is that of a hub. */
export function isHub(root: Root | undefined): root is Root {
  return root?.entries.has(SETTINGS_NAME) === true;
}

const SETTINGS_NAME = SETTINGS_PATH.slice(FOLDER.length + 1);

/**
 * Finds an entry of a folder by name. A link or a file in the folder's position is returned itself, and so is a folder
 * that the repository lacks.
 */
export async function findInside(
  objects: ObjectReader,
  folder: TreeEntry,
  name: string,
): Promise<TreeEntry | undefined> {
  if (folder.mode !== FOLDER_MODE || (await objects.inspect(folder.oid))?.type !== "tree") return folder;
  for (const entry of (await readTree(objects, folder.oid)) ?? []) if (entry.name === name) return entry;
  return undefined;
}

/**
 * Lists the plain files of a part, last names first. Links, unexpected folders and other entries become findings. `at` is
 * the date of the hub's newest commit: files in folders of later days take only a small share of the newest ones.
 */
export async function listFiles(
  objects: ObjectReader,
  path: string,
  root: TreeEntry,
  shape: FolderShape,
  at?: Instant,
  kept = ALL,
): Promise<Listing> {
  const isFolder = shape.depth > 0;
  if (isFolder ? root.mode !== FOLDER_MODE : !isPlain(root))
    return {
      files: [],
      count: 0,
      findings: [misplaced(path, `a plain ${isFolder ? "folder" : "file"} is expected here`)],
    };
  if (!isFolder) return { files: [{ path, oid: root.oid }], count: 1, findings: [] };
  const last = at === undefined ? path : `${path}/${at.slice(0, 10).replaceAll("-", "/")}`;
  const list = async (until: string | undefined) => {
    const draft: Draft = { files: [], findings: [], count: 0, folders: 0, until };
    await listTree(objects, path, root.oid, { newest: MAX_LISTED_FILES, ...shape, ...kept }, draft);
    return draft;
  };
  const all = await list(undefined);
  if (shape.newest === undefined || at === undefined) return all;
  const ahead = all.files.filter((file) => isAfter(dirname(file.path), last)).slice(0, MAX_FILES_AHEAD + 1);
  if (ahead.length <= MAX_FILES_AHEAD) return all;
  const { files, findings } = await list(last);
  const excess = inExcess(path, `more than ${MAX_FILES_AHEAD} files dated after the hub's newest commit`);
  const shown = [...ahead.slice(0, MAX_FILES_AHEAD), ...files];
  return { files: shown, count: shown.length, findings: [...findings, excess] };
}

/**
 * The most files that are read of those that are dated after the hub's newest commit. A host whose clock is ahead makes a
 * few; many would hide all others.
 */
const MAX_FILES_AHEAD = 50;

/** Whether a folder is for a later date than another. A year is not later than a day of the same year. */
function isAfter(folder: string, date: string): boolean {
  return folder > date.slice(0, folder.length);
}

const FOLDER_MODE = "40000";

/** Whether an entry is a file and not a link or a submodule. */
function isPlain({ mode }: TreeEntry): boolean {
  return mode.startsWith("100");
}

/** A folder between a part and its files is named for a part of a date. */
const DATE_NAME = /^\d{2,4}$/;

async function listTree(
  objects: ObjectReader,
  path: string,
  oid: string,
  shape: Required<FolderShape> & Kept,
  draft: Draft,
): Promise<void> {
  const { findings, until } = draft;
  const { depth, extension } = shape;
  const tree = await readFolder(objects, path, oid, draft);
  if (tree === undefined) return;
  for (const entry of notable(tree, shape, draft)) {
    const inner = `${path}/${entry.name}`;
    if (until !== undefined && entry.mode === FOLDER_MODE && isAfter(inner, until)) continue;
    if (entry.mode === FOLDER_MODE && depth > 1 && DATE_NAME.test(entry.name))
      await listTree(objects, inner, entry.oid, { ...shape, depth: depth - 1 }, draft);
    else if (!isPlain(entry)) addMisplaced(findings, inner);
    else if (depth === 1 && entry.name.endsWith(extension))
      addFile({ path: inner, oid: entry.oid }, shape, draft);
  }
}

/** Counts a file, and lists it if it is kept. */
function addFile(file: ListedFile, { most, known }: Kept, draft: Draft): void {
  draft.count++;
  if (draft.files.length < most || known.has(file.path)) draft.files.push(file);
}

/**
 * The entries of a folder, last names first, so that the newest messages come first. Files that are certain not to be kept
 * are counted without making their entries, because there may be 100,000.
 */
function* notable(
  tree: Tree,
  { depth, extension, newest, most, known }: Required<FolderShape> & Kept,
  draft: Draft,
): Generator<TreeEntry> {
  for (let index = tree.size - 1; index >= 0 && draft.count < newest; index--) {
    const isFull = depth === 1 && known.size === 0 && draft.files.length >= most;
    if (isFull && tree.isFile(index, extension)) draft.count++;
    else yield tree.entry(index);
  }
}

/** Reads one more folder; undefined when the part has too many folders, or this one too many entries. */
async function readFolder(
  objects: ObjectReader,
  path: string,
  oid: string,
  draft: Draft,
): Promise<Tree | undefined> {
  draft.folders++;
  if (draft.folders > MAX_FOLDERS) {
    if (draft.folders === MAX_FOLDERS + 1)
      draft.findings.push(inExcess(path, `more than ${MAX_FOLDERS} folders; the others are not read`));
    return undefined;
  }
  const tree = await objects.inspect(oid);
  if (tree?.type !== "tree") draft.findings.push(missingFolder(path));
  const size = tree?.size ?? 0;
  if (size > MAX_TREE_BYTES)
    draft.findings.push(inExcess(path, `a folder of ${size} bytes; at most ${MAX_TREE_BYTES} are read`));
  return readTree(objects, oid);
}

function addMisplaced(findings: Finding[], path: string): void {
  if (findings.length < MAX_MISPLACED)
    findings.push(misplaced(path, "neither links nor unexpected folders are read"));
}

/** Every path in the hub's folder and in the workflows' folder at a commit. */
export async function listPaths(objects: ObjectReader, commit: string): Promise<Set<string>> {
  const found = new Set<string>();
  let folders = 0;
  const walk = async (path: string, name: string): Promise<void> => {
    if (++folders > MAX_PATH_FOLDERS || found.size > MAX_LISTED_FILES) throw tooManyPaths(path);
    for (const entry of (await readTree(objects, name)) ?? []) {
      if (entry.mode === FOLDER_MODE) await walk(`${path}/${entry.name}`, entry.oid);
      else found.add(`${path}/${entry.name}`);
    }
  };
  for (const folder of [FOLDER, WORKFLOWS]) await walk(folder, `${commit}:${folder}`);
  return found;
}

/** The most folders of which every path is listed. */
const MAX_PATH_FOLDERS = 50_000;

/** Without all paths, a write could replace a file that it does not know. */
function tooManyPaths(path: string): HiveError {
  return new HiveError(
    "hub_too_large",
    `The hub has more than ${MAX_LISTED_FILES} files or ${MAX_PATH_FOLDERS} folders, at ${path.slice(0, 200)}.`,
    "Nothing was written. Remove the files that do not belong there, then try again.",
    { failure: "invalid" },
  );
}

/** Whether a commit has no file and no folder. */
export async function isEmpty(objects: ObjectReader, commit: string): Promise<boolean> {
  const [first] = (await readTree(objects, `${commit}^{tree}`)) ?? ["unreadable"];
  return first === undefined;
}

/** Reads a tree; undefined when it is missing or larger than what is read. */
async function readTree(objects: ObjectReader, name: string): Promise<Tree | undefined> {
  const tree = await objects.inspect(name);
  const read = tree && isReadable(tree) ? await objects.read(tree.oid) : undefined;
  return read && new Tree(read);
}

function isReadable({ type, size }: GitObject): boolean {
  return type === "tree" && size <= MAX_TREE_BYTES;
}

function misplaced(path: string, message: string): Finding {
  return { path, line: 1, column: 1, rule: "mode", message };
}

function missingFolder(path: string): Finding {
  const message = "the repository lacks this folder's content";
  return { path, line: 1, column: 1, rule: MISSING, message };
}

/** The finding that a folder has more than is read. */
export function inExcess(path: string, message: string): Finding {
  return { path, line: 1, column: 1, rule: "count", message };
}
