import { existsSync, readdirSync, statSync } from "node:fs";
import { BOT } from "../../domain/values/session-id.ts";
import { wrongCall } from "../../errors.ts";
import type { HubOptions } from "../../hub-options.ts";
import { findProject, folderOf, type Project } from "../../store/checkout/checkout.ts";
import { stampOf } from "../../store/checkout/origin.ts";
import { Host } from "../../store/host/state-directory.ts";
import { type HubAddress, locationOf, parseHubAddress } from "../../store/hub/address.ts";
import { parseSession } from "../../store/identity/identity.ts";
import { isLinked, linkOf, linkProject } from "../../store/identity/links.ts";
import { makeBareRepository } from "../../store/replica/repository.ts";
import type { World } from "../../world.ts";
import type { Hive } from "../hive/hive.ts";
import { type Workplace, workplaceAt } from "./workplace.ts";

/** The parts of a hub that the overview of sessions needs. */
export const OVERVIEW_PARTS = ["settings", "sessions", "heartbeats", "collaborations", "claims"] as const;

/** Opens the hub at an address, links this project to it, and reads its overview. Throws HiveError when there is no hub. */
export async function joinHub(
  world: World,
  target: string,
  options: HubOptions,
): Promise<Workplace & { read: Overview }> {
  const host = new Host(world.env, world.home);
  const address = parseHubAddress(target, world.directory);
  const workplace = await workplaceAt(world, host, { address }, options);
  return closeOnFailure(workplace, async () => {
    const read = await workplace.hive.read(OVERVIEW_PARTS);
    await linkHere(world, host, findProject(world.directory), address);
    return { ...workplace, read };
  });
}

type Overview = Awaited<ReturnType<typeof Hive.prototype.read<(typeof OVERVIEW_PARTS)[number]>>>;

/** Creates a hub at an address, else an embedded one on this disk, and links this project to it. Does not change an existing hub. */
export async function initHub(
  world: World,
  remote: string | undefined,
  options: HubOptions,
): Promise<Workplace & { created: boolean }> {
  if (options.isOffline) throw wrongCall("A hub cannot be created offline.", "Leave out --offline.");
  const host = new Host(world.env, world.home);
  const project = findProject(world.directory);
  const address =
    remote === undefined
      ? { kind: "path" as const, path: embeddedHubOf(host, project, world) }
      : parseHubAddress(remote, world.directory);
  if (address.kind === "path" && isFree(address.path)) await makeBareRepository(address.path, world.env);
  const workplace = await workplaceAt(world, host, { address }, options);
  const author = options.as === undefined ? BOT : parseSession(options.as);
  return closeOnFailure(workplace, async () => {
    const submitted = await workplace.hive.submit("init", {}, author);
    if (submitted.kind === "queued") {
      await workplace.hive.outbox.drop(submitted.op);
      throw submitted.why;
    }
    await linkHere(world, host, project, address);
    return { ...workplace, created: submitted.kind === "landed" && submitted.result.created };
  });
}

/** Chooses the hub at an address for a project. */
async function linkHere(world: World, host: Host, project: Project, address: HubAddress): Promise<void> {
  linkProject(host, project, locationOf(address), world.env);
  await mergeByDriver(world, project.root, address);
}

/** In a clone of the hub, sets git-hive as the merge driver for generated files. The setting is local to the clone. */
async function mergeByDriver(world: World, project: string, address: HubAddress): Promise<void> {
  const { installMergeDriver } = await import("../../store/checkout/merge-driver.ts");
  await installMergeDriver(project, locationOf(address), world.program, world.env);
}

/** The embedded hub of a project: not the one of another project that was at its path before. */
function embeddedHubOf(host: Host, project: Project, { env }: World): string {
  const link = linkOf(host, project, env);
  if (link !== undefined && host.isEmbedded(link.hub)) return link.hub;
  return link === undefined && isLinked(host, project)
    ? host.embeddedHub(`${project.key}\n${stampOf(project)}`, [])
    : host.embeddedHub(project.key, [project.root, folderOf(project)]);
}

/** Whether a repository can be created at a path: nothing exists there, or an empty directory. */
function isFree(path: string): boolean {
  return !existsSync(path) || (statSync(path).isDirectory() && readdirSync(path).length === 0);
}

/** Closes the hub when `act` throws, because an open hub keeps the program running. */
async function closeOnFailure<Value>({ hive }: Workplace, act: () => Promise<Value>): Promise<Value> {
  try {
    return await act();
  } catch (error) {
    hive.close();
    throw error;
  }
}
