import { expected, type HiveError } from "../../errors.ts";
import type { HubOptions } from "../../hub-options.ts";
import { type Git, gitAt } from "../../store/git/git.ts";
import { addressKey } from "../../store/hub/address.ts";
import { findIdentity, type Identity } from "../../store/identity/identity.ts";
import type { World } from "../../world.ts";
import { type LocatedHub, locateHub } from "../workplace/locate.ts";

/** What `hive doctor` examines: a hub as this host keeps it, not opened, for opening it may be what fails. */
export interface DoctorSubject extends LocatedHub {
  readonly world: World;
  readonly options: HubOptions;
  readonly git: Git;
}

/** Throws HiveError where no hub is chosen. */
export async function findSubject(world: World, options: HubOptions): Promise<DoctorSubject> {
  const location = await locateHub(world, options);
  return { ...location, world, options, git: gitAt(location.repository, world.env) };
}

/** Who acts, or why that is not known. */
export function identityOf({ options, world, host, address }: DoctorSubject): Identity | HiveError {
  try {
    return findIdentity(options.as, addressKey(address), world.env, host, world.directory);
  } catch (error) {
    return expected(error);
  }
}
