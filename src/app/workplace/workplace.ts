import { existsSync, readdirSync, statSync } from "node:fs";
import type { CheckoutFacts } from "../../domain/requests/draft-bundle.ts";
import type { SessionId } from "../../domain/values/ids.ts";
import { BOT } from "../../domain/values/session-id.ts";
import { HiveError, wrongCall } from "../../errors.ts";
import type { HubOptions } from "../../hub-options.ts";
import { nameOfProject, projectOf } from "../../store/checkout/checkout.ts";
import { Host } from "../../store/host/state-directory.ts";
import { addressKey, type HubAddress, locationOf, parseHubAddress } from "../../store/hub/address.ts";
import { chooseHub } from "../../store/identity/choose-hub.ts";
import {
  findIdentity,
  type Identity,
  parseSession,
  rememberIdentity,
} from "../../store/identity/identity.ts";
import { makeBareRepository } from "../../store/replica/repository.ts";
import type { World } from "../../world.ts";
import type { Diagnosis } from "../doctor/examine.ts";
import { Hive } from "../hive/hive.ts";

export { parseSession };

/** A hub opened for whoever stands in this directory. */
export interface Workplace {
  readonly hive: Hive;
  /** Who acts. Throws HiveError when that is not known. */
  identity(): Identity;
  /** Who acts, where that is known. */
  knownIdentity(): Identity | undefined;
  /** Brings this project to what the hub has, where it is a clone of it. */
  keepInStep(): Promise<void>;
  /** Makes a session the one that acts from this project in this terminal. */
  remember(session: SessionId): void;
}

/** Opens the hub that a command means. Throws HiveError. */
export async function openWorkplace(world: World, choice: HubOptions): Promise<Workplace> {
  const host = new Host(world.env, world.home);
  const address = await chooseHub(choice.hub, world.env, host, world.directory);
  return workplaceAt(world, host, address, choice);
}

/** The project that somebody stands in: its folder, and what it is called where files are claimed. */
export function projectAt({ directory }: World): { root: string; name(): Promise<string> } {
  const root = projectOf(directory);
  return { root, name: () => nameOfProject(root) };
}

/** The files that the next commit in this checkout changes. Throws HiveError where there is none. */
export async function stagedAt({ directory, env }: World): Promise<string[]> {
  const { stagedFiles } = await import("../../store/checkout/staged.ts");
  const project = projectOf(directory);
  return stagedFiles(project, directory, env).catch((cause: Error) => {
    throw new HiveError(
      "no_checkout",
      `Git could not tell what is staged in ${project}.`,
      "Check: git status",
      {
        cause,
      },
    );
  });
}

/** What it takes to show who is there. */
export const OVERVIEW_PARTS = ["settings", "sessions", "heartbeats"] as const;

/** Opens the hub at an address, makes it this project's, and reads who is there. Throws HiveError when there is none. */
export async function joinHub(
  world: World,
  target: string,
  choice: HubOptions,
): Promise<Workplace & { read: Overview }> {
  const host = new Host(world.env, world.home);
  const address = parseHubAddress(target, world.directory);
  const workplace = await workplaceAt(world, host, address, choice);
  return closedOnFailure(workplace, async () => {
    const read = await workplace.hive.read(OVERVIEW_PARTS);
    const project = projectOf(world.directory);
    host.link(project, locationOf(address));
    await mergeByDriver(world, project, address);
    return { ...workplace, read };
  });
}

type Overview = Awaited<ReturnType<typeof Hive.prototype.read<(typeof OVERVIEW_PARTS)[number]>>>;

/** Makes a hub where there is none yet, and makes it this project's: at an address, else embedded on this disk. */
export async function initHub(
  world: World,
  remote: string | undefined,
  choice: HubOptions,
): Promise<Workplace & { created: boolean }> {
  if (choice.isOffline) throw wrongCall("Making a hub needs the hub.", "Leave out --offline.");
  const host = new Host(world.env, world.home);
  const project = projectOf(world.directory);
  const address =
    remote === undefined
      ? { kind: "path" as const, path: host.embeddedHub(project) }
      : parseHubAddress(remote, world.directory);
  if (address.kind === "path" && isFree(address.path)) await makeBareRepository(address.path, world.env);
  const workplace = await workplaceAt(world, host, address, choice);
  const author = choice.as === undefined ? BOT : parseSession(choice.as);
  return closedOnFailure(workplace, async () => {
    const submitted = await workplace.hive.submit("init", {}, author);
    if (submitted.kind === "queued") {
      await workplace.hive.outbox.drop(submitted.op);
      throw submitted.why;
    }
    host.link(project, locationOf(address));
    await mergeByDriver(world, project, address);
    return { ...workplace, created: submitted.kind === "landed" && submitted.result.created };
  });
}

/** In a clone of the hub, git merges generated files by git-hive from now on: a setting of this clone alone. */
async function mergeByDriver(world: World, project: string, address: HubAddress): Promise<void> {
  const { installMergeDriver } = await import("../../store/checkout/merge-driver.ts");
  await installMergeDriver(project, locationOf(address), world.program, world.env);
}

/** Looks at all that has to be well for the hub that a command means, without opening it first. Throws HiveError. */
export async function examine(world: World, choice: HubOptions, mends: boolean): Promise<Diagnosis> {
  const doctor = await import("../doctor/examine.ts");
  return doctor.examine(world, choice, mends);
}

/** What git can tell of the project a user stands in; undefined where it is no checkout. Reads only. */
export async function checkoutFacts(world: World): Promise<CheckoutFacts | undefined> {
  const facts = await import("../../store/checkout/facts.ts");
  return facts.checkoutFacts(projectOf(world.directory), world.env);
}

/** Where a repository can be made: nothing is there, or an empty directory. */
function isFree(path: string): boolean {
  return !existsSync(path) || (statSync(path).isDirectory() && readdirSync(path).length === 0);
}

/** A hub that stays open would keep the program from ending. */
async function closedOnFailure<Value>({ hive }: Workplace, act: () => Promise<Value>): Promise<Value> {
  try {
    return await act();
  } catch (error) {
    hive.close();
    throw error;
  }
}

async function workplaceAt(
  world: World,
  host: Host,
  address: HubAddress,
  choice: HubOptions,
): Promise<Workplace> {
  const key = addressKey(address);
  const hive = await Hive.open(world, host, address, choice);
  const identity = () => findIdentity(choice.as, key, world.env, host, world.directory);
  return {
    hive,
    keepInStep: () => hive.keepInStep(projectOf(world.directory)),
    identity,
    knownIdentity: () => {
      try {
        return identity();
      } catch (error) {
        if (error instanceof HiveError) return undefined;
        throw error;
      }
    },
    remember: (session) => rememberIdentity(session, key, world.env, host, world.directory),
  };
}
