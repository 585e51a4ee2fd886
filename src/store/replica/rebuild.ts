import { existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../host/environment.ts";
import type { HubAddress } from "../hub/address.ts";
import { REPLICA } from "../hub/location.ts";
import { openReplica } from "./replica.ts";

/** Caches that are deleted, because what was read through a damaged replica may be wrong. */
const CACHES = ["parts", "root.json"];

/**
 * Rebuilds the replica in a hub's directory from the remote. The old replica is removed only when the new one is
 * complete. `project` is the one that the hub is reached from. The outbox is beside the replica and is not touched. Throws HiveError when the remote cannot be reached.
 */
export async function rebuildReplica(
  address: HubAddress & { kind: "remote" },
  hubDirectory: string,
  project: string,
  environment: Environment,
  now: () => number,
): Promise<void> {
  const replica = join(hubDirectory, REPLICA);
  const temporary = mkdtempSync(`${replica}.`);
  const fresh = join(temporary, "fresh");
  try {
    await (await openReplica(address, fresh, project, environment, now)).refresh();
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
