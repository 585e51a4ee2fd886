import { existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { REPLICA } from "../hub/location.ts";
import { openReplica, type ReplicaSetting } from "./replica.ts";

/** Caches that are deleted, because what was read through a damaged replica may be wrong. */
const CACHES = ["parts", "root.json"];

/**
 * Rebuilds the replica in a hub's directory from the remote. The old replica is removed only when the new one is
 * complete. The outbox is beside the replica and is not touched. Throws HiveError when the remote cannot be reached.
 */
export async function rebuildReplica(hubDirectory: string, setting: ReplicaSetting): Promise<void> {
  const replica = join(hubDirectory, REPLICA);
  const temporary = mkdtempSync(`${replica}.`);
  const fresh = join(temporary, "fresh");
  try {
    await (await openReplica(fresh, setting)).refresh();
    renameSync(replica, join(temporary, "broken"));
    for (const cache of CACHES) rmSync(join(hubDirectory, cache), { recursive: true, force: true });
    moveTo(fresh, replica);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Another command may have made a replica at the moment when there was none; that replica is valid too. */
function moveTo(fresh: string, replica: string): void {
  try {
    renameSync(fresh, replica);
  } catch (error) {
    if (!existsSync(join(replica, "config"))) throw error;
  }
}
