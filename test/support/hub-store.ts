import { dirname, join } from "node:path";
import { Hive } from "../../src/app/hive/hive.ts";
import type { Operation } from "../../src/domain/operation.ts";
import type { HubOptions } from "../../src/hub-options.ts";
import { type Chain, type CommitDraft, writeCommits } from "../../src/store/git/write-commits.ts";
import { writeAtomically } from "../../src/store/host/files.ts";
import { Host } from "../../src/store/host/state-directory.ts";
import { parseHubAddress } from "../../src/store/hub/address.ts";
import type { HubStore } from "../../src/store/hub-store.ts";
import { openHubStore } from "../../src/store/hub-store.ts";
import type { World } from "../../src/world.ts";
import type { Sandbox } from "./sandbox.ts";

/** All that a host has of the hub at an address; closed at the end. */
export async function placeOf(
  sandbox: Sandbox,
  address: string,
  world: World = sandbox.world(),
): Promise<HubStore> {
  const hub = parseHubAddress(address, world.directory);
  const store = await openHubStore(world, new Host(world.env, world.home), hub);
  sandbox.atEnd(() => store.objects.close());
  return store;
}

/** The hub at an address as this process opens it in a options of its own; closed at the end. */
export async function hiveIn(
  sandbox: Sandbox,
  address: string,
  options: HubOptions,
  world: World = sandbox.world(),
) {
  const hub = parseHubAddress(address, world.directory);
  const hive = await Hive.open(world, new Host(world.env, world.home), hub, options);
  sandbox.atEnd(() => hive.close());
  return hive;
}

/** Publishes drafts as commits on `base`. */
export async function publish(
  { repository }: HubStore,
  base: string | undefined,
  drafts: readonly CommitDraft[],
): Promise<Chain> {
  const chain = writeCommits(repository, base, drafts);
  const pushed = chain && (await repository.push(chain.tip, base));
  if (pushed?.branch.kind !== "accepted") throw new Error("no other process writes here");
  return chain as Chain;
}

/** The directory where a host keeps what belongs to one hub. */
export function hubDirectoryOf({ lock }: HubStore): string {
  return dirname(lock);
}

/** Leaves an operation in a host's outbox as a process would that was killed right after; nobody waits for it. */
export function leaveBehind({ outbox }: HubStore, operation: Operation, since: string | null): void {
  writeAtomically(join(outbox.directory, `${operation.op}.json`), JSON.stringify({ operation, since }));
}
