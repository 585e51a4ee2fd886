import {
  chmodSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { pid } from "node:process";
import { readText, unlink, writeAtomically } from "../host/files.ts";
import type { Host } from "../host/state-directory.ts";

/** What a file was before we changed it, and what we made of it. */
interface KeptFile {
  /** Null where there was no file. */
  readonly before: string | null;
  readonly after: string;
  /** The folders that were made for it. */
  readonly folders: readonly string[];
}

/** Files of a user's that we add to, and can give back as they were. */
export class KeptFiles {
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  /** The text of a file as it was before we changed it, where nobody has changed it since; undefined otherwise. */
  original(path: string): { readonly text: string | null } | undefined {
    const kept = this.#kept(path);
    return kept !== undefined && readText(path) === kept.after ? { text: kept.before } : undefined;
  }

  /** Writes a file and keeps what it was; `before` is what it is without all that is ours. */
  write(path: string, text: string, before: string | null): void {
    const folders = this.#kept(path)?.folders ?? missingFolders(path);
    writeAtomically(
      this.#host.keptFile(path),
      JSON.stringify({ before, after: text, folders } satisfies KeptFile),
    );
    replace(path, text);
  }

  /** Writes what is left of a file once ours is out of it; a null deletes it, and folders that were made for it. */
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

/** Readers see the old file or the new one. A link stays one, and who may read the file stays the same. */
function replace(path: string, text: string): void {
  const isThere = lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  const real = isThere ? realpathSync(path) : path;
  mkdirSync(dirname(real), { recursive: true });
  const temporary = `${real}.${pid}.tmp`;
  writeFileSync(temporary, text);
  if (isThere) chmodSync(temporary, statSync(real).mode & 0o777);
  renameSync(temporary, real);
}

/** The folders above a path that are not there, the innermost first. */
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
    // Something else has come to be in it.
    return;
  }
}

/** Where the settings of all of a tool's sessions of this user are. */
export function homeFolder(name: string, told: string | undefined, home: string): string {
  return told || join(home, name);
}
