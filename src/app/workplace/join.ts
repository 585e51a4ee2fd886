import { existsSync, readdirSync, statSync } from "node:fs";
import { BOT } from "../../domain/values/session-id.ts";
import { wrongCall } from "../../errors.ts";
import type { HubOptions } from "../../hub-options.ts";
import { projectOf } from "../../store/checkout/checkout.ts";
import { Host } from "../../store/host/state-directory.ts";
import { type HubAddress, locationOf, parseHubAddress } from "../../store/hub/address.ts";
import { parseSession } from "../../store/identity/identity.ts";
import { makeBareRepository } from "../../store/replica/repository.ts";
import type { World } from "../../world.ts";
import type { Hive } from "../hive/hive.ts";
import { type Workplace, workplaceAt } from "./workplace.ts";

/** What it takes to show who is there. */
export const OVERVIEW_PARTS = ["settings", "sessions", "heartbeats"] as const;

/** Opens the hub at an address, makes it this project's, and reads who is there. Throws HiveError when there is none. */
export async function joinHub(
  world: World,
  target: string,
  options: HubOptions,
): Promise<Workplace & { read: Overview }> {
  const host = new Host(world.env, world.home);
  const address = parseHubAddress(target, world.directory);
  const workplace = await workplaceAt(world, host, address, options);
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
  options: HubOptions,
): Promise<Workplace & { created: boolean }> {
  if (options.isOffline) throw wrongCall("Making a hub needs the hub.", "Leave out --offline.");
  const host = new Host(world.env, world.home);
  const project = projectOf(world.directory);
  const address =
    remote === undefined
      ? { kind: "path" as const, path: host.embeddedHub(project) }
      : parseHubAddress(remote, world.directory);
  if (address.kind === "path" && isFree(address.path)) await makeBareRepository(address.path, world.env);
  const workplace = await workplaceAt(world, host, address, options);
  const author = options.as === undefined ? BOT : parseSession(options.as);
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
