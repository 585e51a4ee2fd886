import { mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { HiveError } from "../../errors.ts";
import { gitAt } from "../git/git.ts";
import { reachFrom } from "../git/reach.ts";
import { NEXT, nextOf, TRACKED } from "../git/ref-names.ts";
import { StuckLocks } from "../git/stuck-locks.ts";
import type { Environment } from "../host/environment.ts";
import { makeDirectory, readText, writeAtomically } from "../host/files.ts";
import { monotonic } from "../host/monotonic.ts";
import { isSystemError, stateUnwritable } from "../host/unkept.ts";
import type { HubAddress } from "../hub/address.ts";
import { BadOutboxes } from "./bad-outboxes.ts";
import { configOf } from "./config.ts";
import { deepen, poll, refresh } from "./fetch.ts";
import { push } from "./push.ts";
import { joinPacks, makeBareRepository, type Repository, tidy } from "./repository.ts";

/** How long a lock must stay unchanged to count as stale. Only git-hive works in a replica. */
const STALE_LOCK_MS = 1000;

/** A hub behind a URL, and from where on this host it is reached. */
export interface ReplicaSetting {
  readonly address: HubAddress & { kind: "remote" };
  /** The user's project: the hub is reached as git would reach it there. */
  readonly project: string;
  readonly environment: Environment;
  now(): number;
  /** Returns this host's id, which is stored when it is first needed. */
  host(): string;
  /** How long an answer of the hub may take at most. */
  readonly seconds?: number | undefined;
}

/**
 * Opens the bare replica in `directory`, through which a hub behind a URL is read and written. Creates the replica on
 * first use.
 */
export async function openReplica(
  directory: string,
  { address, project, environment, now, host, seconds }: ReplicaSetting,
): Promise<Repository> {
  const git = gitAt(directory, environment, reachFrom(project, directory, environment, monotonic));
  const config = readText(join(directory, "config"));
  const exists = config !== undefined || readText(join(directory, "HEAD")) !== undefined;
  if (!exists) await makeReplica(directory, address.url, environment).catch(failToMake(directory));
  // The same hub with another login: a wrong or expired login is replaced.
  else if (config !== configOf(address.url)) configure(directory, address.url);
  const locks = new StuckLocks(directory, STALE_LOCK_MS);
  const bad = new BadOutboxes(dirname(directory), now);
  const replica = { address, git, locks, seconds, bad, heldBy: () => nextOf(host()) };
  return {
    address,
    git,
    locks,
    tip: TRACKED,
    next: NEXT,
    isHub: false,
    away: () => undefined,
    refresh: (scope = "branch") => refresh(replica, scope),
    poll: () => poll(replica),
    push: (commit, base, sideRefs = []) => push(replica, commit, base, sideRefs),
    deepen: (commits) => deepen(replica, commits),
    tidy: () => tidy(git),
    joinPacks: () => joinPacks(git),
  };
}

/**
 * Makes the complete replica in a temporary folder and then renames it, so that no process ever sees an incomplete
 * one.
 */
async function makeReplica(directory: string, url: string, environment: Environment): Promise<void> {
  makeDirectory(dirname(directory));
  const draft = mkdtempSync(`${directory}.`);
  try {
    await makeBareRepository(draft, environment);
    writeAtomically(join(draft, "config"), configOf(url));
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
  try {
    renameSync(draft, directory);
  } catch {
    // Another process of this host was faster; its replica is used.
    rmSync(draft, { recursive: true, force: true });
  }
}

function configure(directory: string, url: string): void {
  try {
    writeAtomically(join(directory, "config"), configOf(url));
  } catch (error) {
    failToMake(directory)(error);
  }
}

/** Returns a function that says that this host could not store a replica. */
function failToMake(directory: string) {
  return (error: unknown): never => {
    const isStorage = isSystemError(error) || (error instanceof HiveError && error.code === "write_failed");
    throw isStorage ? stateUnwritable(dirname(directory), error) : error;
  };
}
