import type { SessionId } from "../../domain/values/ids.ts";
import { HiveError } from "../../errors.ts";
import type { HubOptions } from "../../hub-options.ts";
import { projectOf } from "../../store/checkout/checkout.ts";
import type { HubName } from "../../store/host/state-directory.ts";
import { Host } from "../../store/host/state-directory.ts";
import { hubName } from "../../store/hub/location.ts";
import { type ChosenHub, chooseHub, keepChoice } from "../../store/identity/choose-hub.ts";
import {
  findIdentity,
  type Identity,
  parseSession,
  rememberIdentity,
} from "../../store/identity/identity.ts";
import type { World } from "../../world.ts";
import { Hive } from "../hive/hive.ts";

export { parseSession };

/** A hub, opened for the project and the session of the current directory. */
export interface Workplace {
  readonly hive: Hive;
  /** What this project was recognised as, for the user, once. */
  readonly recognised: string | undefined;
  /** Returns the author. Throws HiveError when the author is not known. */
  identity(): Identity;
  /** Returns the author; undefined when the author is not known. */
  knownIdentity(): Identity | undefined;
  /** Fast-forwards this project to the hub's branch where the project is a clone of the hub. */
  fastForward(): Promise<void>;
  /** Makes a session the author of later commands in this project and terminal. */
  remember(session: SessionId): void;
}

/** Opens the hub of a command. Throws HiveError. */
export async function openWorkplace(world: World, options: HubOptions): Promise<Workplace> {
  const host = new Host(world.env, world.home);
  const chosen = await chooseHub(options.hub, world.env, host, world.directory);
  const workplace = await workplaceAt(world, host, chosen, options);
  return { ...workplace, recognised: keepChoice(world.env, host, chosen) };
}

export async function workplaceAt(
  world: World,
  host: Host,
  { address, unchosen }: ChosenHub,
  options: HubOptions,
): Promise<Workplace> {
  const hive = await Hive.open(world, host, address, options, unchosen);
  await hive.learnId();
  // Looked up each time: the id of a new hub is known only after it was made.
  const hub = (): HubName => hubName(host, address);
  const identity = () => findIdentity(options.as, hub(), world.env, host, world.directory);
  return {
    hive,
    recognised: undefined,
    fastForward: () => hive.fastForward(projectOf(world.directory)),
    identity,
    knownIdentity: () => {
      try {
        return identity();
      } catch (error) {
        if (error instanceof HiveError) return undefined;
        throw error;
      }
    },
    remember: (session) => rememberIdentity(session, hub(), world.env, host, world.directory),
  };
}
