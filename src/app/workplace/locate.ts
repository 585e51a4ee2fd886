import type { SessionId } from "../../domain/values/ids.ts";
import { HiveError } from "../../errors.ts";
import type { HubOptions } from "../../hub-options.ts";
import { Host } from "../../store/host/state-directory.ts";
import { addressKey, showAddress } from "../../store/hub/address.ts";
import { type HubLocation, hubLocation } from "../../store/hub/location.ts";
import { chooseHub, knowsHub } from "../../store/identity/choose-hub.ts";
import { findIdentity } from "../../store/identity/identity.ts";
import type { World } from "../../world.ts";

/** The hub that a command means, where this host keeps it, and who acts there. */
export interface LocatedHub extends HubLocation {
  readonly host: Host;
  /** The hub's address for people, without secrets. */
  readonly hub: string;
}

/** Finds the hub by this host's files, without opening it: makes nothing. Throws HiveError where no hub is chosen. */
export async function locateHub(world: World, options: HubOptions): Promise<LocatedHub> {
  const host = new Host(world.env, world.home);
  const address = await chooseHub(options.hub, world.env, host, world.directory);
  return { host, hub: showAddress(address), ...hubLocation(host, address) };
}

/** The session that acts at a hub; undefined where this host does not know it. */
export function sessionAt(
  world: World,
  options: HubOptions,
  { host, address }: Pick<LocatedHub, "host" | "address">,
): SessionId | undefined {
  try {
    return findIdentity(options.as, addressKey(address), world.env, host, world.directory).session;
  } catch (error) {
    if (error instanceof HiveError) return undefined;
    throw error;
  }
}

/** Whether a command that names no hub would find one. Starts no git. */
export function isHubKnown({ env, home, directory }: World): boolean {
  return knowsHub(env, new Host(env, home), directory);
}
