import type { SessionId } from "../../domain/values/ids.ts";
import { HiveError } from "../../errors.ts";
import type { HubOptions } from "../../hub-options.ts";
import { Host } from "../../store/host/state-directory.ts";
import { showAddress } from "../../store/hub/address.ts";
import { type HubLocation, hubLocation, hubName } from "../../store/hub/location.ts";
import { type ChosenHub, chooseHub, expectedHub, knowsHub } from "../../store/identity/choose-hub.ts";
import { findIdentity } from "../../store/identity/identity.ts";
import { hubOfSession } from "../../store/identity/session-home.ts";
import type { World } from "../../world.ts";

/** The hub of a command, and where this host keeps its files. */
export interface LocatedHub extends HubLocation, Pick<ChosenHub, "unchosen"> {
  readonly host: Host;
  /** The hub's address as text, without secrets. */
  readonly hub: string;
}

/** Finds the hub from this host's files, without opening it or writing files. Throws HiveError where no hub is chosen. */
export async function locateHub(world: World, options: HubOptions): Promise<LocatedHub> {
  const host = new Host(world.env, world.home);
  const { address, unchosen } = await chooseHub(
    options.hub ?? hubOfSession(world, host),
    world.env,
    host,
    world.directory,
  );
  return { host, hub: showAddress(address), unchosen, ...hubLocation(host, address) };
}

/** Returns the author's session at a hub; undefined where this host does not know it. */
export function sessionAt(
  world: World,
  options: HubOptions,
  { host, address }: Pick<LocatedHub, "host" | "address">,
): SessionId | undefined {
  try {
    return findIdentity(options.as, hubName(host, address), world, host, world.directory).session;
  } catch (error) {
    if (error instanceof HiveError) return undefined;
    throw error;
  }
}

/** Whether a hub was chosen for this project, as hooks need it: the first hub of this host does not count. */
export function isHubChosen({ env, home, directory }: World): boolean {
  return expectedHub(env, new Host(env, home), directory) !== undefined;
}

/** Whether a command without `--hub` finds a hub. Starts no git. */
export function isHubKnown({ env, home, directory }: World): boolean {
  return knowsHub(env, new Host(env, home), directory);
}
