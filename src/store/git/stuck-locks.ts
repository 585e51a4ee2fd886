import { statSync } from "node:fs";
import { isAbsolute, relative } from "node:path";
import { unlink } from "../host/files.ts";
import { monotonic } from "../host/monotonic.ts";

/** What git says when a lock file is in its way. */
const IN_THE_WAY = /Unable to create '(.+\.lock)': File exists/;

/**
 * Removes locks that a killed git left in a repository: those that were watched for a while and stayed the same. The
 * file's own time is not asked, for a clock may have jumped since.
 */
export class StuckLocks {
  readonly #directory: string;
  readonly #patience: number;
  readonly #seen = new Map<string, { readonly file: string; readonly since: number }>();

  /** `patience`: for how many milliseconds a lock has to stay the same; git holds one for a few. */
  constructor(directory: string, patience: number) {
    this.#directory = directory;
    this.#patience = patience;
  }

  /** Takes what git said when it failed. True when a dead lock is gone now. */
  clear(said: string): boolean {
    const [, path] = IN_THE_WAY.exec(said) ?? [];
    if (path === undefined || !this.#isOurs(path)) return false;
    const stat = statSync(path, { throwIfNoEntry: false, bigint: true });
    if (stat === undefined) return false;
    const file = `${stat.ino} ${stat.mtimeNs}`;
    const seen = this.#seen.get(path);
    if (seen?.file !== file) {
      this.#seen.set(path, { file, since: monotonic() });
      return false;
    }
    if (monotonic() - seen.since < this.#patience) return false;
    unlink(path);
    this.#seen.delete(path);
    return true;
  }

  #isOurs(path: string): boolean {
    const inside = relative(this.#directory, path);
    return !inside.startsWith("..") && !isAbsolute(inside);
  }
}
