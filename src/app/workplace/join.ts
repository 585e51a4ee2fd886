import { existsSync, readdirSync, statSync } from "node:fs";
import { BOT } from "../../domain/values/session-id.ts";
import { toInstant } from "../../domain/values/time.ts";
import type { Waiting } from "../../domain/waiting.ts";
import { type HiveError, wrongCall } from "../../errors.ts";
import type { HubOptions } from "../../hub-options.ts";
import { findProject, folderOf, type Project } from "../../store/checkout/checkout.ts";
import { stampOf } from "../../store/checkout/origin.ts";
import { Host } from "../../store/host/state-directory.ts";
import {
  type HubAddress,
  locationOf,
  parseGivenAddress,
  parseHubAddress,
  showAddress,
} from "../../store/hub/address.ts";
import { hubName, putAside } from "../../store/hub/location.ts";
import { chosenLink } from "../../store/identity/choose-hub.ts";
import { parseSession } from "../../store/identity/identity.ts";
import { isLinked, linkOf, linkProject, unlinkProject } from "../../store/identity/links.ts";
import { makeBareRepository, showBranch } from "../../store/replica/repository.ts";
import type { World } from "../../world.ts";
import type { Fate, Hive } from "../hive/hive.ts";
import { type Workplace, workplaceAt } from "./workplace.ts";

/** The parts of a hub that the overview of sessions needs. */
export const OVERVIEW_PARTS = ["settings", "sessions", "heartbeats", "collaborations", "claims"] as const;

/** Opens the hub at an address, links this project to it, and reads its overview. Throws HiveError when there is no hub. */
export async function joinHub(
  world: World,
  target: string,
  options: HubOptions,
): Promise<Workplace & { read: Overview; unsent: readonly Waiting[] }> {
  const host = new Host(world.env, world.home);
  const address = parseGivenAddress(target, world.directory);
  const { workplace, unsent } = await workplaceAnew(world, host, address, options, ["another"]);
  return closeOnFailure(workplace, async () => {
    const read = await workplace.hive.read(OVERVIEW_PARTS);
    await linkHere(world, host, findProject(world.directory), address);
    return { ...workplace, read, unsent };
  });
}

/**
 * Opens the hub at an address. Where the one that this host knew was made anew, or is gone and that counts, what this host
 * stores of it is put aside first. `unsent` is what waits for the former hub.
 */
async function workplaceAnew(
  world: World,
  host: Host,
  address: HubAddress,
  options: HubOptions,
  counts: readonly Fate[],
): Promise<{ workplace: Workplace; unsent: readonly Waiting[] }> {
  const workplace = await workplaceAt(world, host, { address }, options);
  const fate = await closeOnFailure(workplace, () => workplace.hive.fate());
  if (fate === undefined || !counts.includes(fate)) return { workplace, unsent: [] };
  const { waiting } = await closeOnFailure(workplace, () => workplace.hive.outbox.list());
  workplace.hive.close();
  putAside(host, address, toInstant(world.now()));
  return { workplace: await workplaceAt(world, host, { address }, options), unsent: waiting };
}

type Overview = Awaited<ReturnType<typeof Hive.prototype.read<(typeof OVERVIEW_PARTS)[number]>>>;

/** What a user says, or is asked, before a hub is made. */
export interface InitConsent {
  /** The project may leave the hub that it uses. */
  readonly replaces: boolean;
  /** Whether a hub may be made in a repository that is used for something else. */
  mayAddTo(repository: string): Promise<boolean>;
}

const NOTHING_AGREED: InitConsent = { replaces: false, mayAddTo: async () => false };

/**
 * Creates a hub at an address, else an embedded one on this disk, and links this project to it. Does not change an
 * existing hub. Throws HiveError where the project uses another hub, or the repository is used for something else, and
 * the user did not say that this is meant.
 */
export async function initHub(
  world: World,
  remote: string | undefined,
  options: HubOptions,
  consent: InitConsent = NOTHING_AGREED,
): Promise<Workplace & { created: boolean; unsent: readonly Waiting[] }> {
  if (options.isOffline) throw wrongCall("A hub cannot be created offline.", "Leave out --offline.");
  const host = new Host(world.env, world.home);
  const project = findProject(world.directory);
  const address =
    remote === undefined
      ? { kind: "path" as const, path: embeddedHubOf(host, project, world) }
      : parseGivenAddress(remote, world.directory);
  if (!consent.replaces) refuseOtherHub(world, host, project, address);
  if (address.kind === "path" && isFree(address.path)) await makeBareRepository(address.path, world.env);
  const { workplace, unsent } = await workplaceAnew(world, host, address, options, ["another", "gone"]);
  const author = options.as === undefined ? BOT : parseSession(options.as);
  return closeOnFailure(workplace, async () => {
    const { hive } = workplace;
    if ((await hive.hasOtherContent()) && !(await consent.mayAddTo(hive.name)))
      throw usedRepository(hive.name);
    const submitted = await workplace.hive.submit("init", {}, author);
    if (submitted.kind === "queued") {
      await workplace.hive.outbox.drop(submitted.op);
      throw submitted.why;
    }
    const created = submitted.kind === "landed" && submitted.result.created;
    if (created && address.kind === "path") await showBranch(address.path, world.env);
    await hive.learnId();
    await linkHere(world, host, project, address);
    return { ...workplace, unsent, created };
  });
}

/** Throws HiveError where a project uses another hub than the one at an address. */
function refuseOtherHub(world: World, host: Host, { root }: Project, address: HubAddress): void {
  const chosen = chosenLink(world.env, host, world.directory);
  if (chosen === undefined) return;
  const used = parseHubAddress(chosen.hub, root);
  if (hubName(host, used).name === hubName(host, address).name) return;
  throw wrongCall(
    `${root} uses the hub ${showAddress(used)} already.`,
    "To make another hub and use that one from now on: hive init --replace, with the same options",
  );
}

function usedRepository(name: string): HiveError {
  return wrongCall(
    `${name} has files and is no hub. Nothing was pushed.`,
    `A hub adds the folder coordination/ to its branch, and a commit for each write. If you want that there: hive init --remote ${name} --yes`,
  );
}

/** The address of the hub that this project uses, without secrets; undefined without one. */
export function hubUsedBefore(world: World): string | undefined {
  const link = chosenLink(world.env, new Host(world.env, world.home), world.directory);
  return link && showAddress(parseHubAddress(link.hub, world.directory));
}

/**
 * Makes this project forget the hub that it uses, and returns its address, without secrets. What waits on this host to be sent stays in its
 * outbox. Throws HiveError where no hub was chosen for the project.
 */
export function leaveHub(world: World): string {
  const host = new Host(world.env, world.home);
  const project = findProject(world.directory);
  const link = linkOf(host, project, world.env);
  if (link === undefined)
    throw wrongCall(
      `No hub was chosen for ${project.root}.`,
      "See which hub a command uses here: hive whoami",
    );
  unlinkProject(host, project);
  return showAddress(parseHubAddress(link.hub, project.root));
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
