import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { listNames, readText } from "../host/files.ts";
import { livenessOf, parseProcessId } from "../host/process-id.ts";
import { REPLICA } from "../hub/location.ts";

/** An age that no git command can reach here. */
const UNFINISHED_AFTER_MS = 3_600_000;

/** The lock files of git in a repository, except in its objects and hooks folders. */
export function gitLocks(repository: string): string[] {
  return filesIn(repository, (name) => name !== "objects" && name !== "hooks").filter((path) =>
    path.endsWith(".lock"),
  );
}

/** Marks by which a git that was killed keeps its pack from being joined with others. A living git keeps it for a moment. */
export function keptPacks(repository: string): string[] {
  const packs = join(repository, "objects", "pack");
  return listNames(packs)
    .filter((name) => name.endsWith(".keep"))
    .map((name) => join(packs, name))
    .filter((path) => /^(?:fast-import|(?:fetch|receive)-pack \d+ on )/.test(readText(path) ?? ""));
}

/** Files in a hub's directory that a process left behind because it died before it could move or remove them. */
export function orphans(hubDirectory: string, now: number): string[] {
  const isOutsideReplica = (name: string) => !name.startsWith(REPLICA);
  const temporary = filesIn(hubDirectory, isOutsideReplica).filter((path) => isOrphan(path, now));
  return [...temporary, ...crashReports(hubDirectory)];
}

/**
 * Temporary replicas beside the finished one, which may be from processes that died while they moved them. Watching
 * them shows whether a living process still uses them.
 */
export function drafts(hubDirectory: string): string[] {
  if (!existsSync(join(hubDirectory, REPLICA))) return [];
  return listNames(hubDirectory)
    .filter((name) => name.startsWith(`${REPLICA}.`))
    .map((name) => join(hubDirectory, name));
}

/** Objects that git began to store in the replica and did not finish in the longest possible time. */
export function unfinishedObjects(hubDirectory: string, now: number): string[] {
  return filesIn(join(hubDirectory, REPLICA, "objects"), () => true).filter(
    (path) => /\/tmp_[^/]*$/.test(path) && isOld(path, now),
  );
}

export function remove(paths: readonly string[]): void {
  for (const path of paths) rmSync(path, { recursive: true, force: true });
}

/** What a git wrote while it died. */
function crashReports(hubDirectory: string): string[] {
  const replica = join(hubDirectory, REPLICA);
  return listNames(replica)
    .filter((name) => /^fast_import_crash_\d+$/.test(name))
    .map((name) => join(replica, name));
}

/** Whether the process in a temporary file's name has died or, where it cannot be judged, the file is old. */
function isOrphan(path: string, now: number): boolean {
  const [, id] = /\.(\d{1,10}(?:-[a-z0-9]*){0,3})\.tmp$/.exec(path) ?? [];
  // Versions up to 0.1.0 wrote the number alone.
  const process = id === undefined ? undefined : parseProcessId(id.includes("-") ? id : `${id}-`);
  if (process === undefined) return false;
  const liveness = livenessOf(process);
  return liveness === "dead" || (liveness === "unknown" && isOld(path, now));
}

/** Whether a file is old. A date in the future comes from a clock that has jumped, so it says nothing. */
function isOld(path: string, now: number): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat !== undefined && now - stat.mtimeMs > UNFINISHED_AFTER_MS;
}

/** The files in a directory and in its wanted subfolders, at every depth. */
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
 * Returns the paths that stay unchanged for this many milliseconds. A process that works on a file would change or
 * remove it in that time. The file's own time is not used, because the clock may have jumped.
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
