import { asHiveError, type HiveError } from "../../errors.ts";
import type { HubOptions } from "../../hub-options.ts";
import { type Git, gitAt } from "../../store/git/git.ts";
import { hubName } from "../../store/hub/location.ts";
import { findIdentity, type Identity } from "../../store/identity/identity.ts";
import type { World } from "../../world.ts";
import { type LocatedHub, locateHub } from "../workplace/locate.ts";

/** The hub that `hive doctor` examines. It is not opened, because opening it may be what fails. */
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

/** Returns the author, or the error that says why the author is not known. */
export function identityOf({ options, world, host, address }: DoctorSubject): Identity | HiveError {
  try {
    return findIdentity(options.as, hubName(host, address), world, host, world.directory);
  } catch (error) {
    return asHiveError(error);
  }
}
