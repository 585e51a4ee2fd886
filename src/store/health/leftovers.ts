import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { listNames } from "../host/files.ts";
import { isAlive } from "../host/process-id.ts";
import { REPLICA } from "../hub/location.ts";

/** Longer than any one command of git may take here. */
const OLD_MS = 3_600_000;

/** Lock files of git in a repository, wherever they lie but among its objects. */
export function gitLocks(repository: string): string[] {
  return filesIn(repository, (name) => name !== "objects" && name !== "hooks").filter((path) =>
    path.endsWith(".lock"),
  );
}

/** Files in a hub's directory that their maker would have moved or removed, had it not died. */
export function orphans(hubDirectory: string): string[] {
  const isOurs = (name: string) => !name.startsWith(REPLICA);
  return [...filesIn(hubDirectory, isOurs), ...crashReports(hubDirectory)].filter(isOfTheDead);
}

/**
 * Replicas that were on their way in, or out, when their maker died, beside the one that came in. They are told from
 * those of the living by watching.
 */
export function drafts(hubDirectory: string): string[] {
  if (!existsSync(join(hubDirectory, REPLICA))) return [];
  return listNames(hubDirectory)
    .filter((name) => name.startsWith(`${REPLICA}.`))
    .map((name) => join(hubDirectory, name));
}

/** What git began to store in the replica and did not end, for longer than it may take. */
export function halfObjects(hubDirectory: string, now: number): string[] {
  return filesIn(join(hubDirectory, REPLICA, "objects"), () => true).filter(
    (path) => /\/tmp_[^/]*$/.test(path) && isOld(path, now),
  );
}

export function remove(paths: readonly string[]): void {
  for (const path of paths) rmSync(path, { recursive: true, force: true });
}

function crashReports(hubDirectory: string): string[] {
  const replica = join(hubDirectory, REPLICA);
  return listNames(replica).map((name) => join(replica, name));
}

/** By the process in its name, which nobody else has now. */
function isOfTheDead(path: string): boolean {
  const pid = /\.(\d{1,10})\.tmp$/.exec(path)?.[1] ?? /\/fast_import_crash_(\d{1,10})$/.exec(path)?.[1];
  return pid !== undefined && !isAlive({ pid: Number(pid), start: "" });
}

/** A date in the future is that of a clock that has jumped, and says nothing. */
function isOld(path: string, now: number): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat !== undefined && now - stat.mtimeMs > OLD_MS;
}

/** The files in a directory and in those folders of it that are wanted, and all below them. */
function filesIn(directory: string, isWanted: (name: string) => boolean): string[] {
  return entriesIn(directory).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (!entry.isDirectory()) return [path];
    return isWanted(entry.name) ? filesIn(path, isWanted) : [];
  });
}

function entriesIn(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}

/**
 * Of some paths those that stay the same for so many milliseconds. Whoever works on a file changes it or takes it away
 * meanwhile; its own time is not asked, for a clock may have jumped.
 */
export async function unchanged(paths: readonly string[], milliseconds: number): Promise<string[]> {
  if (paths.length === 0) return [];
  const before = new Map(paths.map((path) => [path, stateOf(path)]));
  await sleep(milliseconds);
  return paths.filter((path) => before.get(path) !== undefined && before.get(path) === stateOf(path));
}

function stateOf(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false, bigint: true });
  return stat && `${stat.ino} ${stat.size} ${stat.mtimeNs}`;
}
