import { existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../host/environment.ts";
import type { HubAddress } from "../hub/address.ts";
import { REPLICA } from "../hub/location.ts";
import { openReplica } from "./replica.ts";

/** What was read through a damaged replica may be wrong, and is made again from a sound one. */
const CACHES = ["parts", "root.json"];

/**
 * Makes the replica in a hub's directory anew from the remote. The old one gives way only when the new one is there;
 * what waits to be sent lies beside it and is not touched. Throws HiveError when the remote cannot be reached.
 */
export async function rebuildReplica(
  address: HubAddress & { kind: "remote" },
  hubDirectory: string,
  environment: Environment,
): Promise<void> {
  const place = join(hubDirectory, REPLICA);
  const workshop = mkdtempSync(`${place}.`);
  const fresh = join(workshop, "fresh");
  try {
    await (await openReplica(address, fresh, environment)).refresh();
    renameSync(place, join(workshop, "broken"));
    for (const cache of CACHES) rmSync(join(hubDirectory, cache), { recursive: true, force: true });
    moveTo(fresh, place);
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

/** Another command may have made one in the moment when there was none, which is as good. */
function moveTo(fresh: string, place: string): void {
  try {
    renameSync(fresh, place);
  } catch (error) {
    if (!existsSync(join(place, "config"))) throw error;
  }
}
