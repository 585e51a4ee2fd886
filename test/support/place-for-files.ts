import { mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

/** A file system in memory; Linux has it. */
const MEMORY = "/dev/shm";
const ENOUGH_BYTES = 2 ** 30;

/** Gives the tests a directory for all their files, in memory where there is room, and removes it after them. */
export function setup(): () => void {
  const directory = mkdtempSync(join(hasRoom(MEMORY) ? MEMORY : tmpdir(), "hive-tests-"));
  process.env.TMPDIR = directory;
  return () => rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
}

function hasRoom(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize >= ENOUGH_BYTES;
  } catch {
    return false;
  }
}
