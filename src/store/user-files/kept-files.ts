import { rmdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { readText, unlink, writeAtomically } from "../host/files.ts";
import type { Host } from "../host/state-directory.ts";
import { checkWritable, fileOf, readUserFile, remove, replace } from "./user-file.ts";

/** A file before git-hive changed it, and after, as this host stores it. */
interface KeptFile {
  /** Null when there was no file. */
  readonly before: string | null;
  readonly after: string;
  /** The folders that were created for the file. */
  readonly folders: readonly string[];
  /** An older version stored texts. */
  readonly form?: "base64";
}

/** What becomes of one file. A null deletes it, and the folders that were created for it. */
export interface FileChange {
  readonly path: string;
  readonly after: Buffer | null;
  /** The file without git-hive's additions, to be kept with it; undefined where it has no additions after the change. */
  readonly before?: Buffer | null;
}

/** The user's files that git-hive changes and can restore. */
export class KeptFiles {
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  /** The bytes of a file before git-hive changed it; undefined when the file was changed since. */
  original(path: string): { readonly bytes: Buffer | null } | undefined {
    const kept = this.#kept(path);
    if (kept === undefined || readUserFile(path)?.equals(decode(kept, kept.after)) !== true) return undefined;
    return { bytes: kept.before === null ? null : decode(kept, kept.before) };
  }

  /** Changes all files or, where one of them cannot be changed, none. Throws HiveError or the system's error then. */
  change(changes: readonly FileChange[]): void {
    for (const { path } of changes) checkWritable(path);
    const done: (() => void)[] = [];
    try {
      for (const each of changes) {
        done.push(this.#undoing(each.path));
        this.#apply(each);
      }
    } catch (error) {
      for (const undo of done.toReversed()) attempt(undo);
      throw error;
    }
  }

  #apply({ path, after, before }: FileChange): void {
    const folders = this.#kept(path)?.folders ?? missingFolders(path);
    if (after !== null && before !== undefined) {
      const kept: KeptFile = {
        before: before?.toString("base64") ?? null,
        after: after.toString("base64"),
        folders,
        form: "base64",
      };
      writeAtomically(this.#place(path), JSON.stringify(kept));
    } else unlink(this.#place(path));
    if (after !== null) replace(path, after);
    else {
      remove(path);
      for (const folder of folders) attempt(() => rmdirSync(folder));
    }
  }

  /** What makes a file, and what is kept of it, as they are now. */
  #undoing(path: string): () => void {
    const [bytes, place, folders] = [readUserFile(path), this.#place(path), missingFolders(path)];
    const kept = readText(place);
    return () => {
      if (bytes === undefined) unlink(path);
      else if (readUserFile(path)?.equals(bytes) !== true) replace(path, bytes);
      for (const folder of folders) attempt(() => rmdirSync(folder));
      if (kept === undefined) unlink(place);
      else writeAtomically(place, kept);
    };
  }

  #kept(path: string): KeptFile | undefined {
    try {
      return JSON.parse(readText(this.#place(path)) ?? "") as KeptFile;
    } catch {
      return undefined;
    }
  }

  /** One place for a file, by whatever link it is reached. An older version took the link's. */
  #place(path: string): string {
    const former = this.#host.keptFile(path);
    return readText(former) === undefined ? this.#host.keptFile(fileOf(path)) : former;
  }
}

function decode({ form }: KeptFile, text: string): Buffer {
  return Buffer.from(text, form ?? "utf8");
}

/** The missing folders above a path, the innermost first. */
function missingFolders(path: string): string[] {
  const missing: string[] = [];
  for (let at = dirname(path); statSync(at, { throwIfNoEntry: false }) === undefined; at = dirname(at))
    missing.push(at);
  return missing;
}

/** Does what may fail, as removing a folder that has other files by now. */
function attempt(act: () => void): void {
  try {
    act();
  } catch {
    return;
  }
}
