import { FOLDER } from "../../domain/hub/layout.ts";
import type { EntryType } from "../../domain/validation/entries.ts";
import { HiveError } from "../../errors.ts";
import type { Git } from "../git/git.ts";
import type { ObjectReader } from "../git/objects.ts";

/** An entry of the hub's folder. */
export interface HubFile {
  readonly path: string;
  readonly type: EntryType;
  readonly size: number;
  /** What identifies the content: an object's id, or a file's path. */
  readonly handle: string;
}

/** A hub's folder at one moment, committed or checked out: every entry, and the bytes of each file on request. */
export interface HubTree {
  readonly entries: readonly HubFile[];
  read(entry: HubFile): Promise<Uint8Array | undefined>;
}

const LINE = /^(\d{6}) (\w+) ([0-9a-f]+) +(\d+|-)\t([\s\S]*)$/;
const TYPES: Readonly<Record<string, EntryType>> = { 120000: "link", 160000: "repository" };

/** The hub's folder at a commit. Names stay as they are: none becomes a path on this disk. */
export function committedTree(git: Git, objects: ObjectReader, commit: string): HubTree {
  const { code, stdout } = git.runNow(["ls-tree", "-r", "-l", "-z", "--full-tree", commit, "--", FOLDER], "");
  if (code !== 0)
    throw new HiveError("replica_unreadable", `git could not list ${commit}.`, "Check: git fsck");
  const entries = stdout.toString("utf8").split("\0").filter(Boolean).map(parseEntry);
  return { entries, read: async ({ handle }) => (await objects.read(handle))?.bytes };
}

function parseEntry(line: string): HubFile {
  const [, mode = "", , handle = "", size = "0", path = ""] = LINE.exec(line) ?? [];
  return { path, type: TYPES[mode] ?? "file", size: size === "-" ? 0 : Number(size), handle };
}
