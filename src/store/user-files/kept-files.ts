import { chmodSync, lstatSync, realpathSync, renameSync, rmdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeDirectory, readText, temporaryName, unlink, writeAtomically } from "../host/files.ts";
import type { Host } from "../host/state-directory.ts";

/** A file before git-hive changed it, and after. */
interface KeptFile {
  /** Null when there was no file. */
  readonly before: string | null;
  readonly after: string;
  /** The folders that were created for the file. */
  readonly folders: readonly string[];
}

/** The user's files that git-hive changes and can restore. */
export class KeptFiles {
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  /** The text of a file before git-hive changed it; undefined when the file was changed since. */
  original(path: string): { readonly text: string | null } | undefined {
    const kept = this.#kept(path);
    return kept !== undefined && readText(path) === kept.after ? { text: kept.before } : undefined;
  }

  /** Writes a file and stores its original. `before` is the file without git-hive's additions. */
  write(path: string, text: string, before: string | null): void {
    const folders = this.#kept(path)?.folders ?? missingFolders(path);
    writeAtomically(
      this.#host.keptFile(path),
      JSON.stringify({ before, after: text, folders } satisfies KeptFile),
    );
    replace(path, text);
  }

  /** Restores a file without git-hive's additions. A null deletes it, and the folders that were created for it. */
  giveBack(path: string, text: string | null): void {
    const folders = this.#kept(path)?.folders ?? [];
    if (text === null) {
      unlink(path);
      for (const folder of folders) removeEmpty(folder);
    } else replace(path, text);
    unlink(this.#host.keptFile(path));
  }

  #kept(path: string): KeptFile | undefined {
    try {
      return JSON.parse(readText(this.#host.keptFile(path)) ?? "") as KeptFile;
    } catch {
      return undefined;
    }
  }
}

/**
 * Replaces a file so that readers see the old one or the new one. A link stays a link, and the file's permissions
 * stay.
 */
function replace(path: string, text: string): void {
  const exists = lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  const real = exists ? realpathSync(path) : path;
  makeDirectory(dirname(real), 0o777);
  const temporary = temporaryName(real);
  writeFileSync(temporary, text);
  if (exists) chmodSync(temporary, statSync(real).mode & 0o777);
  renameSync(temporary, real);
}

/** The missing folders above a path, the innermost first. */
function missingFolders(path: string): string[] {
  const missing: string[] = [];
  for (let at = dirname(path); statSync(at, { throwIfNoEntry: false }) === undefined; at = dirname(at))
    missing.push(at);
  return missing;
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // The folder has other files now.
    return;
  }
}

/** The folder with a tool's settings for all sessions of this user. */
export function homeFolder(name: string, configured: string | undefined, home: string): string {
  return configured || join(home, name);
}
