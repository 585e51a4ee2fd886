import { join } from "node:path";
import { expected, type HiveError } from "../../errors.ts";
import type { HubOptions } from "../../hub-options.ts";
import { type Git, gitAt } from "../../store/git/git.ts";
import { BRANCH, TRACKED } from "../../store/git/ref-names.ts";
import { Host } from "../../store/host/state-directory.ts";
import { addressKey, type HubAddress } from "../../store/hub/address.ts";
import { chooseHub } from "../../store/identity/choose-hub.ts";
import { findIdentity, type Identity } from "../../store/identity/identity.ts";
import type { World } from "../../world.ts";

/** What `hive doctor` looks at: a hub as this host has it, not opened, for that may be what fails. */
export interface DoctorSubject {
  readonly world: World;
  readonly options: HubOptions;
  readonly host: Host;
  readonly address: HubAddress;
  /** Where this host keeps what belongs to the hub. */
  readonly directory: string;
  /** The directory of the lock that makes one process the writer. */
  readonly lock: string;
  /** The repository the hub is read through, and its ref that counts. */
  readonly git: Git;
  readonly ref: string;
}

/** Throws HiveError where it is not known which hub is meant. */
export async function findSubject(world: World, options: HubOptions): Promise<DoctorSubject> {
  const host = new Host(world.env, world.home);
  const address = await chooseHub(options.hub, world.env, host, world.directory);
  const directory = host.hubDirectory(addressKey(address));
  const isPath = address.kind === "path";
  const git = gitAt(isPath ? address.path : join(directory, "replica.git"), world.env);
  const lock = join(directory, "lock");
  return { world, options, host, address, directory, lock, git, ref: isPath ? BRANCH : TRACKED };
}

/** Who acts, or why that is not known. */
export function identityOf({ options, world, host, address }: DoctorSubject): Identity | HiveError {
  try {
    return findIdentity(options.as, addressKey(address), world.env, host, world.directory);
  } catch (error) {
    return expected(error);
  }
}
