import { NO_MARKS, type ReadMarks } from "../../domain/inbox/read-marks.ts";
import type { Snapshot } from "../../domain/snapshot.ts";
import type { SessionId } from "../../domain/values/ids.ts";
import { HiveError } from "../../errors.ts";
import type { HubOptions } from "../../hub-options.ts";
import { MailMarks } from "../../store/identity/mail-marks.ts";
import { lastRead } from "../../store/reading/last-read.ts";
import type { World } from "../../world.ts";
import { locateHub, sessionAt } from "./locate.ts";

const PARTS = ["settings", "sessions", "heartbeats", "messages", "collaborations"] as const;

/** The hub as this host last saw it, and the reading session where it is known. */
export interface CachedView {
  readonly state: Pick<Snapshot, (typeof PARTS)[number]>;
  readonly session: SessionId | undefined;
  /** What the session has read, as far as this host knows. */
  readonly marks: ReadMarks;
}

/**
 * Returns the hub as this host last saw it, without the network and mostly without git, because a status line must be
 * fast. Undefined where no hub is set up or none was read yet, and on any other HiveError: other commands report it.
 */
export async function readCachedView(world: World, options: HubOptions): Promise<CachedView | undefined> {
  try {
    const location = await locateHub(world, options);
    const session = sessionAt(world, options, location);
    const state = lastRead(location, PARTS) ?? (await readByGit(world, options));
    const marks = session === undefined ? NO_MARKS : MailMarks.of(location.host, location).load(session);
    return { state, session, marks };
  } catch (error) {
    if (error instanceof HiveError) return undefined;
    throw error;
  }
}

/** Reads the view with git and caches it, so that the next reading needs no git. */
async function readByGit(world: World, options: HubOptions): Promise<CachedView["state"]> {
  const { openWorkplace } = await import("./workplace.ts");
  const { hive } = await openWorkplace(world, { ...options, isOffline: true });
  try {
    return (await hive.read(PARTS)).state;
  } finally {
    hive.close();
  }
}
