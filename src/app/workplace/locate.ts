import type { SessionId } from "../../domain/values/ids.ts";
import { HiveError } from "../../errors.ts";
import type { HubOptions } from "../../hub-options.ts";
import { Host } from "../../store/host/state-directory.ts";
import { addressKey, type HubAddress, showAddress } from "../../store/hub/address.ts";
import { chooseHub, knowsHub } from "../../store/identity/choose-hub.ts";
import { findIdentity } from "../../store/identity/identity.ts";
import type { World } from "../../world.ts";

/** Where somebody stands: which hub is meant and who acts, known from this host's files alone. */
export interface Standing {
  readonly host: Host;
  readonly address: HubAddress;
  /** The hub's address for people, without secrets. */
  readonly hub: string;
  /** Undefined where it is not known. */
  readonly session: SessionId | undefined;
}

/** Finds out without opening the hub, so nothing is made and nobody is asked. Throws HiveError where no hub is known. */
export async function findStanding(world: World, choice: HubOptions): Promise<Standing> {
  const host = new Host(world.env, world.home);
  const address = await chooseHub(choice.hub, world.env, host, world.directory);
  return { host, address, hub: showAddress(address), session: sessionAt(world, choice, host, address) };
}

/** Whether a command that is told no hub has one here. Starts no git. */
export function isHubKnown({ env, home, directory }: World): boolean {
  return knowsHub(env, new Host(env, home), directory);
}

function sessionAt(world: World, choice: HubOptions, host: Host, address: HubAddress): SessionId | undefined {
  try {
    return findIdentity(choice.as, addressKey(address), world.env, host, world.directory).session;
  } catch (error) {
    if (error instanceof HiveError) return undefined;
    throw error;
  }
}
