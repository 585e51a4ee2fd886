import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Git } from "./git.ts";

const DEAD_AFTER_SECONDS = 30;

/** A ref is locked for milliseconds; a lock much older was left by a process that was killed, and goes. True if it went. */
export function dropDeadLock(git: Git, ref: string): boolean {
  const lock = join(git.directory, `${ref}.lock`);
  const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  if (made === undefined || Math.abs(Date.now() - made) < DEAD_AFTER_SECONDS * 1000) return false;
  rmSync(lock, { force: true });
  return true;
}
