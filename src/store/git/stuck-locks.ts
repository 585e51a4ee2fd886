import { statSync } from "node:fs";
import { isAbsolute, relative } from "node:path";
import { unlink } from "../host/files.ts";
import { monotonic } from "../host/monotonic.ts";

/** What git prints when a lock file blocks it. */
const BEFORE_LOCK = "Unable to create '";
const AFTER_LOCK = "': File exists";

function lockIn(stderr: string): string | undefined {
  const line = stderr
    .split("\n")
    .find((each) => each.includes(BEFORE_LOCK) && each.includes(`.lock${AFTER_LOCK}`));
  const start = line === undefined ? -1 : line.indexOf(BEFORE_LOCK) + BEFORE_LOCK.length;
  return line?.slice(start, line.lastIndexOf(AFTER_LOCK));
}

/**
 * Removes locks that a killed git left in a repository: those that stayed unchanged while they were watched. The
 * file's own time is not used, because the clock may have jumped since.
 */
export class StuckLocks {
  readonly #directory: string;
  readonly #staleMs: number;
  readonly #seen = new Map<string, { readonly file: string; readonly since: number }>();

  /** `staleMs` is how many milliseconds a lock must stay unchanged; git holds a lock for only a few. */
  constructor(directory: string, staleMs: number) {
    this.#directory = directory;
    this.#staleMs = staleMs;
  }

  /** Reads git's error output. Returns true when it removed a stale lock. */
  clear(stderr: string): boolean {
    const path = lockIn(stderr);
    if (path === undefined || !this.#isInside(path)) return false;
    const stat = statSync(path, { throwIfNoEntry: false, bigint: true });
    if (stat === undefined) return false;
    const file = `${stat.ino} ${stat.mtimeNs}`;
    const seen = this.#seen.get(path);
    if (seen?.file !== file) {
      this.#seen.set(path, { file, since: monotonic() });
      return false;
    }
    if (monotonic() - seen.since < this.#staleMs) return false;
    unlink(path);
    this.#seen.delete(path);
    return true;
  }

  #isInside(path: string): boolean {
    const inside = relative(this.#directory, path);
    return !inside.startsWith("..") && !isAbsolute(inside);
  }
}
