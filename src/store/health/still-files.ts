import { statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

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
