import { join } from "node:path";
import { BRANCH, TRACKED } from "../git/ref-names.ts";
import { looseRef } from "../git/refs.ts";
import type { Host } from "../host/state-directory.ts";
import { addressKey, type HubAddress } from "./address.ts";

/** The name of a replica in the directory of its hub. */
export const REPLICA = "replica.git";

/** Where this host keeps a hub. */
export interface HubLocation {
  readonly address: HubAddress;
  /** Holds what belongs to the hub beside its repository: outbox, results, caches. */
  readonly directory: string;
  /** The repository the hub is read through: the hub itself where it lies on this disk, else the replica. */
  readonly repository: string;
  /** The ref in that repository whose commit is the newest that this host knows. */
  readonly ref: string;
  /** The directory of the lock that makes one process of this host the writer. */
  readonly lock: string;
}

/** Where a host keeps the hub at an address, whether the hub is there already or not. */
export function hubLocation(host: Host, address: HubAddress): HubLocation {
  const directory = host.hubDirectory(addressKey(address));
  const lock = join(directory, "lock");
  return address.kind === "path"
    ? { address, directory, lock, repository: address.path, ref: BRANCH }
    : { address, directory, lock, repository: join(directory, REPLICA), ref: TRACKED };
}

/**
 * The newest commit of a hub that this host knows, at the price of one small file. Undefined where git keeps the ref
 * packed: the caller then knows nothing, and asks git when it has to.
 */
export function tipOf(host: Host, address: HubAddress): string | undefined {
  const { repository, ref } = hubLocation(host, address);
  return looseRef(repository, ref);
}
