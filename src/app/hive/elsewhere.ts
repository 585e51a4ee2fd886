import { join } from "node:path";
import type { Git } from "../../store/git/git.ts";
import { TRACKED } from "../../store/git/ref-names.ts";
import { knownRef, looseRef } from "../../store/git/refs.ts";
import { readText } from "../../store/host/files.ts";
import type { Host } from "../../store/host/state-directory.ts";
import { isSystemError } from "../../store/host/unkept.ts";
import { addressKey, type HubAddress, redact } from "../../store/hub/address.ts";
import { hubLocation, ID_FILE, REPLICA } from "../../store/hub/location.ts";
import { moveOutbox } from "../../store/outbox/move-outbox.ts";
import { isBeingSent, Outbox, type OutboxEntry } from "../../store/outbox/outbox.ts";

/** Operations that wait on this host for the same hub, stored when it was reached by another address. */
export interface Elsewhere {
  /** The other address, without secrets. */
  readonly hub: string;
  readonly operations: number;
}

/** A hub as this host reaches it now. */
export interface HubHere {
  readonly host: Host;
  readonly address: HubAddress;
  readonly git: Git;
  /** The ref of the newest known commit. */
  readonly tip: string;
  /** The time of the host's clock. */
  readonly now: number;
}

/** Finds what waits for a hub under its other addresses: under those of its id, or with its history. */
export async function findElsewhere(hub: HubHere): Promise<Elsewhere[]> {
  return (await outboxesElsewhere(hub)).map(({ hub, entries }) => ({ hub, operations: entries.length }));
}

/** Moves to this address what waits under the others. Returns how many operations were moved, and how many stayed. */
export async function moveHere(hub: HubHere): Promise<{ moved: number; stayed: number }> {
  const here = hubLocation(hub.host, hub.address).directory;
  let [moved, stayed] = [0, 0];
  for (const { directory } of await outboxesElsewhere(hub)) {
    const done = await moveOutbox(directory, here, hub.now);
    moved += done.moved;
    stayed += done.stayed;
  }
  return { moved, stayed };
}

async function outboxesElsewhere({ host, address: here, git, tip, now }: HubHere) {
  const own = addressKey(here);
  const id = readText(join(host.hubDirectory(own), ID_FILE));
  const found = [];
  for (const { address, directory } of host.hubDirectories()) {
    if (address === own) continue;
    const entries = (await readOutbox(directory)).filter((each) => !isBeingSent(each, now));
    if (entries.length > 0 && isSameHub({ id, git, tip }, directory, entries))
      found.push({ hub: redact(address), directory, entries });
  }
  return found;
}

/** What waits; nothing where this user may not read it, because another address's outbox stops no command. */
async function readOutbox(directory: string): Promise<OutboxEntry[]> {
  try {
    return await new Outbox(directory).read();
  } catch (error) {
    if (isSystemError(error)) return [];
    throw error;
  }
}

/** Whether another address is that of the same hub: by its id, else because its history is in this one. */
function isSameHub(
  { id, git, tip }: { id: string | undefined; git: Git; tip: string },
  directory: string,
  entries: readonly OutboxEntry[],
): boolean {
  const otherId = readText(join(directory, ID_FILE));
  const kindOf = (text: string | undefined) => text?.split(" ")[0];
  if (id !== undefined && kindOf(id) === kindOf(otherId)) return id === otherId;
  const newest = knownRef(git, tip);
  const seen = [looseRef(join(directory, REPLICA), TRACKED), ...entries.map(({ since }) => since)];
  const [commit] = seen.flatMap((each) => each ?? []);
  if (newest === null || commit === undefined) return false;
  return git.runNow(["merge-base", "--is-ancestor", commit, newest], "").code === 0;
}
