import type { SessionId } from "../../domain/values/ids.ts";
import { HiveError } from "../../errors.ts";
import type { HubOptions } from "../../hub-options.ts";
import { projectOf } from "../../store/checkout/checkout.ts";
import type { HubName } from "../../store/host/state-directory.ts";
import { Host } from "../../store/host/state-directory.ts";
import { type HubAddress, locationOf } from "../../store/hub/address.ts";
import { hubName } from "../../store/hub/location.ts";
import { actingTools } from "../../store/identity/acting-tool.ts";
import { type ChosenHub, chooseHub, keepChoice } from "../../store/identity/choose-hub.ts";
import { GivenNames } from "../../store/identity/given-names.ts";
import {
  findIdentity,
  type Identity,
  isOwnName,
  parseSession,
  refuseNameOfAnother,
  rememberIdentity,
  takeName,
} from "../../store/identity/identity.ts";
import { hubOfSession, rememberHome } from "../../store/identity/session-home.ts";
import { ToolRecords } from "../../store/identity/tool-records.ts";
import type { World } from "../../world.ts";
import { Hive } from "../hive/hive.ts";

export { parseSession };

/** A hub, opened for the project and the session of the current directory. */
export interface Workplace {
  readonly hive: Hive;
  /** What this project was recognised as, for the user, once. */
  readonly recognised: string | undefined;
  /** Returns the author, or the one that `as` names. Throws HiveError when the author is not known. */
  identity(as?: string): Identity;
  /** Returns the author; undefined when the author is not known. */
  knownIdentity(as?: string): Identity | undefined;
  /** Returns the author; undefined when nothing names one. Throws HiveError for a name that is no session id. */
  identityIfAny(): Identity | undefined;
  /** Whether a coding tool's session acts. */
  isInTool(): boolean;
  /** Throws HiveError for a name that belongs to another running session, where it is known who acts. */
  refuseNameOfAnother(session: SessionId): void;
  /** Tells the hub which coding tools' sessions of this host have ended. */
  reportDepartures(): Promise<void>;
  /** Fast-forwards this project to the hub's branch where the project is a clone of the hub. */
  fastForward(): Promise<void>;
  /**
   * Runs the registration of a name. Throws HiveError, and runs nothing, where no hub was chosen, and where another
   * running session of a coding tool on this host has the name or is getting it; with `takesOver`, only the latter.
   */
  takeName<Value>(session: SessionId, takesOver: boolean, register: () => Promise<Value>): Promise<Value>;
  /** Whether a session was registered from this host. */
  isOwnName(session: SessionId): boolean;
  /** Makes a session the author of later commands in this project and terminal. */
  remember(session: SessionId): Promise<void>;
}

/** Opens the hub of a command. Throws HiveError. */
export async function openWorkplace(world: World, options: HubOptions): Promise<Workplace> {
  const host = new Host(world.env, world.home);
  const hub = options.hub ?? hubOfSession(world, host);
  const chosen = await chooseHub(hub, world.env, host, world.directory);
  await reportDepartures(world, host, chosen.address);
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
  const identity = (as = options.as) => findIdentity(as, hub(), world, host, world.directory);
  const taking = () => ({ hub: hub(), host, caller: world, now: world.now() });
  return {
    hive,
    recognised: undefined,
    fastForward: () => hive.fastForward(projectOf(world.directory)),
    identity,
    reportDepartures: () => reportDepartures(world, host, address),
    knownIdentity: (as) => {
      try {
        return identity(as);
      } catch (error) {
        if (error instanceof HiveError) return undefined;
        throw error;
      }
    },
    identityIfAny: () => {
      try {
        return identity();
      } catch (error) {
        const isUnknown =
          error instanceof HiveError && ["no_identity", "ambiguous_identity"].includes(error.code);
        if (isUnknown) return undefined;
        throw error;
      }
    },
    isInTool: () => actingTools(world, host).length > 0,
    takeName: async (session, takesOver, register) => {
      hive.refuseUnchosen();
      return takeName(session, { ...taking(), takesOver }, register);
    },
    refuseNameOfAnother: (session) => refuseNameOfAnother(session, taking()),
    isOwnName: (session) => isOwnName(session, hub(), host),
    remember: async (session) => {
      rememberIdentity(session, hub(), world, host, world.directory);
      if (options.hub === undefined && !world.env.HIVE_HUB)
        rememberHome(locationOf(address), world, host, world.directory);
      const [tool] = actingTools(world, host);
      if (tool === undefined) return;
      await leaveFormer(world, host, hub(), hive, tool);
      await comeBack(hive, session);
    },
  };
}

/** Loads what it takes only on a host on which coding tools have sessions. */
async function reportDepartures(world: World, host: Host, address: HubAddress): Promise<void> {
  if (!new ToolRecords(host).areAny()) return;
  const departures = await import("../coding-tools/departures.ts");
  await departures.reportDepartures(world, address);
}

/** Tells the hubs that know a coding tool's session under another name, or at another hub, that it is gone there. */
async function leaveFormer(world: World, host: Host, hub: HubName, hive: Hive, tool: string): Promise<void> {
  const [{ leaveFormerName }, { leaveFormerHub }, { ToolSession }] = await Promise.all([
    import("../coding-tools/register.ts"),
    import("../coding-tools/departures.ts"),
    import("../coding-tools/tool-session.ts"),
  ]);
  await leaveFormerName(new GivenNames(host, hub), tool, hive);
  const toolSession = ToolSession.ofTool(world, tool);
  if (toolSession !== undefined) await leaveFormerHub(world, toolSession);
}

/** Marks a name online that was offline when its session ended, or took another name, and that a session took now. */
async function comeBack(hive: Hive, session: SessionId): Promise<void> {
  const { hasLeft, reportOnline } = await import("../coding-tools/register.ts");
  const { state } = await hive.recall(["sessions", "heartbeats"]);
  if (hasLeft(state, session)) await reportOnline(hive, state, { session, registration: undefined });
}
