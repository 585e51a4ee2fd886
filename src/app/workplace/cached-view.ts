import { join } from "node:path";
import { NO_MARKS, type ReadMarks } from "../../domain/inbox/read-marks.ts";
import type { Snapshot } from "../../domain/snapshot.ts";
import type { SessionId } from "../../domain/values/ids.ts";
import { HiveError } from "../../errors.ts";
import type { HubOptions } from "../../hub-options.ts";
import { BRANCH, TRACKED } from "../../store/git/ref-names.ts";
import { addressKey } from "../../store/hub/address.ts";
import { MailMarks } from "../../store/identity/mail-marks.ts";
import { lastRead } from "../../store/reading/last-read.ts";
import type { World } from "../../world.ts";
import { locateHub } from "./locate.ts";

const PARTS = ["settings", "sessions", "heartbeats", "messages", "collaborations"] as const;

/** What a glance shows: the hub as this host last saw it, and who looks, where that is known. */
export interface CachedView {
  readonly state: Pick<Snapshot, (typeof PARTS)[number]>;
  readonly session: SessionId | undefined;
  /** What this host knows of what that session has read. */
  readonly marks: ReadMarks;
}

/**
 * The hub as this host last saw it, without asking it and mostly without git, as fast as it can be. Undefined where no
 * hub is set up, or none was read yet. What else is wrong is for other commands to say.
 */
export async function readCachedView(world: World, options: HubOptions): Promise<CachedView | undefined> {
  try {
    const { host, address, session } = await locateHub(world, options);
    const directory = host.hubDirectory(addressKey(address));
    const kept =
      address.kind === "path"
        ? { directory, repository: address.path, tip: BRANCH }
        : { directory, repository: join(directory, "replica.git"), tip: TRACKED };
    const state = lastRead(kept, PARTS) ?? (await readByGit(world, options));
    const marks = session === undefined ? NO_MARKS : new MailMarks(directory).load(session);
    return { state, session, marks };
  } catch (error) {
    if (error instanceof HiveError) return undefined;
    throw error;
  }
}

/** What is read so is kept, so that the next glance needs no git. */
async function readByGit(world: World, options: HubOptions): Promise<CachedView["state"]> {
  const { openWorkplace } = await import("./workplace.ts");
  const { hive } = await openWorkplace(world, { ...options, isOffline: true });
  try {
    return (await hive.read(PARTS)).state;
  } finally {
    hive.close();
  }
}
