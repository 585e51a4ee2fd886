import { FOLDER } from "../../domain/hub/layout.ts";
import type { Changed, HubCommit } from "../../domain/validation/commits.ts";
import { type DataKind, type FileKind, kindOf, NO_FILES } from "../../domain/validation/hub-files.ts";
import { HiveError } from "../../errors.ts";
import type { Git } from "../git/git.ts";
import { trailer } from "../git/history.ts";
import type { ObjectReader } from "../git/objects.ts";
import { parseRawLog, printingChanges, type RawChange } from "../git/raw-log.ts";
import { examineFile, MAX_SEARCHED_BYTES } from "./examine.ts";

const LOG_FIELDS = ["%H", "%an", ...["Hive-Session", "Hive-Kind", "Hive-Op"].map(trailer)];

interface ListedCommit extends Pick<HubCommit, "id" | "author" | "sessions" | "kinds" | "ops" | "isMerge"> {
  readonly changes: readonly RawChange[];
}

/** The kinds of files whose values the rules need. Of other files, it is enough to know that they changed. */
const READ_KINDS: ReadonlySet<FileKind> = new Set([
  "retired",
  "sessions",
  "heartbeats",
  "collaborations",
  "claims",
  "archived",
  "messages",
]);

/** The kinds of files whose texts are searched for secrets. */
const TEXT_KINDS: ReadonlySet<FileKind> = new Set(["settings", "taxonomy", "originals", "others"]);

/** The largest file that is read for the commit rules. A larger file has a finding of its own. */
const MAX_FILE_BYTES = 16_777_216;

/**
 * The commits after `from` up to `to` that changed the hub's folder, oldest first, with the values of their files.
 */
export async function* readCommits(
  git: Git,
  objects: ObjectReader,
  from: string | undefined,
  to: string,
): AsyncGenerator<HubCommit> {
  const read = valueReader(objects);
  for (const { changes, ...commit } of listCommits(git, from, to)) {
    const byKind: Record<string, Changed<unknown>[]> = {};
    const texts: Changed<string>[] = [];
    for (const change of changes) {
      const kind = kindOf(change.path);
      if (TEXT_KINDS.has(kind)) texts.push(await textsOf(objects, change));
      byKind[kind] ??= [];
      byKind[kind].push(await valuesOf(kind, change, read));
    }
    yield { ...commit, changes: { ...NO_CHANGES, ...byKind } as HubCommit["changes"], texts };
  }
}

const NO_CHANGES: HubCommit["changes"] = {
  ...NO_FILES,
  originals: [],
};

async function textsOf(objects: ObjectReader, { path, before, after }: RawChange): Promise<Changed<string>> {
  const [old, now] = [await readText(objects, before), await readText(objects, after)];
  return { path, existed: before !== undefined, exists: after !== undefined, before: old, after: now };
}

async function readText(objects: ObjectReader, oid: string | undefined): Promise<string | undefined> {
  const object = oid === undefined ? undefined : await objects.inspect(oid);
  if (oid === undefined || object?.type !== "blob" || object.size > MAX_SEARCHED_BYTES) return undefined;
  return new TextDecoder().decode((await objects.read(oid))?.bytes);
}

async function valuesOf(
  kind: FileKind,
  { path, before, after }: RawChange,
  read: ReturnType<typeof valueReader>,
): Promise<Changed<unknown>> {
  const existed = before !== undefined;
  const exists = after !== undefined;
  if (!READ_KINDS.has(kind)) return { path, existed, exists, before: undefined, after: undefined };
  const [old, now] = [await read(kind as DataKind, path, before), await read(kind as DataKind, path, after)];
  return { path, existed, exists, before: old, after: now };
}

/**
 * Returns a function that reads the value of a file. Values are cached for a while, because what one commit wrote is
 * what the next commit changes.
 */
function valueReader(objects: ObjectReader) {
  const cached = new Map<string, unknown>();
  return async (kind: DataKind, path: string, oid: string | undefined): Promise<unknown> => {
    if (oid === undefined) return undefined;
    // Each version of this file names all retired sessions, so that thousands of versions would not fit into memory.
    if (kind === "retired") return readValue(objects, kind, path, oid);
    const name = `${path} ${oid}`;
    if (!cached.has(name)) {
      if (cached.size > MAX_CACHED_VALUES) cached.clear();
      cached.set(name, await readValue(objects, kind, path, oid));
    }
    return cached.get(name);
  };
}

const MAX_CACHED_VALUES = 5000;

async function readValue(objects: ObjectReader, kind: DataKind, path: string, oid: string): Promise<unknown> {
  const object = await objects.inspect(oid);
  if (object?.type !== "blob" || object.size > MAX_FILE_BYTES) return undefined;
  const bytes = (await objects.read(oid))?.bytes;
  const examined = bytes && (await examineFile(kind, path, bytes));
  return examined && "value" in examined ? examined.value : undefined;
}

/**
 * Lists the commits. A merge is listed with the changes that none of its parents has; its commits have the others.
 */
function listCommits(git: Git, from: string | undefined, to: string): ListedCommit[] {
  const range = from === undefined ? [to] : [to, `^${from}`];
  const options = ["--reverse", "--full-history", "--diff-merges=combined", ...printingChanges(LOG_FIELDS)];
  const { code, stdout } = git.runNow(["log", ...options, ...range, "--", FOLDER], "");
  if (code !== 0)
    throw new HiveError(
      "replica_unreadable",
      `git could not read the history of ${git.directory}.`,
      "Check: git fsck",
    );
  return parseRawLog(stdout.toString("utf8"), LOG_FIELDS).map(({ fields, isCombined, changes }) => {
    const [id = "", author = "", sessions = "", kinds = "", ops = ""] = fields;
    return {
      id,
      author,
      sessions: wordsOf(sessions),
      kinds: wordsOf(kinds),
      ops: wordsOf(ops),
      isMerge: isCombined,
      changes,
    };
  });
}

function wordsOf(text: string): string[] {
  return [...new Set(text.split(/\s+/).filter(Boolean))];
}
