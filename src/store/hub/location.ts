import { join } from "node:path";
import type { Instant } from "../../domain/values/instant.ts";
import { BRANCH, TRACKED } from "../git/ref-names.ts";
import { looseRef } from "../git/refs.ts";
import { readText, writeAtomically } from "../host/files.ts";
import { describe, type Host, type HubName } from "../host/state-directory.ts";
import { addressKey, type HubAddress } from "./address.ts";

/** The name of the replica in a hub's directory. */
export const REPLICA = "replica.git";

/** The places where this host stores a hub. */
export interface HubLocation {
  readonly address: HubAddress;
  /** The directory for the hub's outbox, results and caches. */
  readonly directory: string;
  /** The repository through which the hub is read: the hub itself when it is on this disk, otherwise the replica. */
  readonly repository: string;
  /** The ref in that repository that points to the newest commit known to this host. */
  readonly ref: string;
  /** The directory of the lock that makes one process of this host the writer. */
  readonly lock: string;
}

/** The file in a hub's directory with the hub's id, from when this host first knew it. */
export const ID_FILE = "@id";

/** How this host names the hub at an address: it reads one small file. */
export function hubName(host: Host, address: HubAddress): HubName {
  const key = addressKey(address);
  const id = readText(join(host.hubDirectory(key), ID_FILE));
  return { name: id ?? key, address: key };
}

/** Whether this host knows the id of the hub at an address. */
export function isIdKnown(host: Host, address: HubAddress): boolean {
  const { name, address: key } = hubName(host, address);
  return name !== key;
}

/**
 * Remembers the id of the hub at an address. What is known of sessions by the address, or by another address of the
 * hub, is known by the id from now on.
 */
export function rememberHubId(host: Host, address: HubAddress, id: string): void {
  const key = addressKey(address);
  writeAtomically(join(host.hubDirectory(key), ID_FILE), id);
  describe(host.toolsDirectory({ name: id, address: key }), id);
}

/**
 * Keeps what this host stores of the hub at an address under another name, because another hub is there since an instant.
 * The address is like a new one from then on.
 */
export function putAside(host: Host, address: HubAddress, since: Instant): void {
  const key = addressKey(address);
  host.renameHubDirectory(key, `${key} until ${since}`);
}

/** Where a host stores the hub at an address, whether the hub is stored already or not. */
export function hubLocation(host: Host, address: HubAddress): HubLocation {
  const directory = host.hubDirectory(addressKey(address));
  const lock = join(directory, "lock");
  return address.kind === "path"
    ? { address, directory, lock, repository: address.path, ref: BRANCH }
    : { address, directory, lock, repository: join(directory, REPLICA), ref: TRACKED };
}

/**
 * The newest commit of a hub that this host knows; it reads one small file. Undefined when git keeps the ref packed:
 * the caller then knows nothing and must ask git.
 */
export function tipOf(host: Host, address: HubAddress): string | undefined {
  const { repository, ref } = hubLocation(host, address);
  return looseRef(repository, ref);
}
