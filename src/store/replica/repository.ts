import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { HiveError } from "../../errors.ts";
import { type Git, gitAt } from "../git/git.ts";
import type { PushOutcome } from "../git/push-answer.ts";
import { BRANCH, nextOf } from "../git/ref-names.ts";
import { StuckLocks } from "../git/stuck-locks.ts";
import { moveRef } from "../git/write-commits.ts";
import type { Environment } from "../host/environment.ts";
import { listNames, makeDirectory } from "../host/files.ts";
import type { HubAddress } from "../hub/address.ts";
import { whyAway } from "./away.ts";

/** Git's default for when loose objects are packed. All other commands of git-hive never pack them. */
const MAX_LOOSE_OBJECTS = 6700;

/** How long a lock must stay unchanged to count as stale in a hub on this disk, where other programs may work too. */
const STALE_LOCK_MS = 4000;

/**
 * A ref other than the branch that a push may set or delete. `expected` is the commit that the hub's ref must have
 * for that.
 */
export interface RefUpdate {
  readonly ref: string;
  /** The commit to set it to; undefined deletes the ref. */
  readonly to: string | undefined;
  readonly expected: string | undefined;
}

/** The result of a push for the branch and for the side refs. */
export interface Pushed {
  readonly branch: PushOutcome;
  readonly sideRefs: readonly PushOutcome[];
}

/** What a refresh fetches: the hub's branch, or also the outboxes of hosts, and always the own one. */
export type RefreshScope = "branch" | { readonly ownOutbox: string };

/** The repository through which this host reads and writes a hub. */
export interface Repository {
  readonly address: HubAddress;
  readonly git: Git;
  /** Removes the locks that a killed git left in the repository. */
  readonly locks: StuckLocks;
  /** The ref of the newest known commit of the hub's branch; it may not exist yet. */
  readonly tip: string;
  /** The ref that keeps this host's commits from gc until they are published. */
  readonly next: string;
  /** Whether it is the hub itself, on this disk, and not a replica of it. */
  readonly isHub: boolean;
  /** Why a hub on this disk is not there at this moment; undefined while it is, and for a replica. */
  away(): HiveError | undefined;
  /** Fetches the branch from the hub. Throws HiveError when the hub cannot be reached, or is not there. */
  refresh(scope?: RefreshScope): Promise<void>;
  /** Fetches the branch for repeated polling. When nothing has changed, it takes one request. */
  poll(): Promise<void>;
  /**
   * Publishes a commit as the branch's next one after `base`. The hub accepts it only if its branch is at `base`. Throws
   * HiveError when git cannot write to a hub on this disk.
   */
  push(commit: string, base: string | undefined, sideRefs?: readonly RefUpdate[]): Promise<Pushed>;
  /** Fetches at least this many more commits of the branch's history, or all without a number. Throws HiveError. */
  deepen(commits?: number): Promise<void>;
  /** Lets git pack loose objects in the background if git finds it worthwhile. */
  tidy(): Promise<void>;
  /** Joins the packs of writes and fetches when there are many. */
  joinPacks(): Promise<void>;
}

/**
 * Opens a hub on this disk, which is its own replica. It is read directly and written by compare-and-swap on its
 * branch, while it is there. `host` gives this host's id, which is stored when it is first needed.
 */
export function openEmbedded(path: string, environment: Environment, host: () => string): Repository {
  const away = () => whyAway(path);
  const find = async () => {
    const error = away();
    if (error !== undefined) throw error;
  };
  const git = gitAt(path, environment);
  const locks = new StuckLocks(path, STALE_LOCK_MS);
  return {
    address: { kind: "path", path },
    git,
    locks,
    tip: BRANCH,
    get next() {
      return nextOf(host());
    },
    isHub: true,
    away,
    refresh: find,
    poll: find,
    push: async (commit, base) => {
      const isMoved = moveRef({ git, locks }, BRANCH, base, commit);
      return { branch: { kind: isMoved ? "accepted" : "stale" }, sideRefs: [] };
    },
    deepen: async () => undefined,
    tidy: () => tidy(git),
    joinPacks: () => joinPacks(git),
  };
}

/** Runs `git gc --auto` with git's own thresholds and its grace period of two weeks for unreachable objects. */
export async function tidy(git: Git): Promise<void> {
  for (const name of listNames(git.directory).filter((each) => each.startsWith("fast_import_crash_")))
    rmSync(join(git.directory, name), { force: true });
  await git.run(["-c", `gc.auto=${MAX_LOOSE_OBJECTS}`, "gc", "--auto", "--quiet"]);
}

/** With more packs than this, each git process takes noticeably longer, because it opens all of them. */
const MAX_PACKS = 40;

/** How long git may take to join packs. Joining is given up then, and tried again later. */
const JOIN_TIMEOUT_SECONDS = 20;

/**
 * Joins small packs when there are many, because each write and each fetch makes one. It deletes no object, and its
 * effort grows with the new objects and not with the history.
 */
export async function joinPacks(git: Git): Promise<void> {
  const packs = listNames(join(git.directory, "objects", "pack")).filter((name) => name.endsWith(".pack"));
  if (packs.length <= MAX_PACKS) return;
  await git.run(["repack", "-d", "-l", "-n", "--quiet", "--geometric=2"], { seconds: JOIN_TIMEOUT_SECONDS });
}

/** Makes the hub's branch the one that a clone shows, where the repository names one that does not exist, such as `master`. */
export async function showBranch(path: string, environment: Environment): Promise<void> {
  const git = gitAt(path, environment);
  const shown = await git.run(["rev-parse", "--verify", "--quiet", "HEAD"]);
  if (shown.code !== 0) await git.run(["symbolic-ref", "HEAD", BRANCH]);
}

/** Makes an empty bare repository whose branch will be the hub's. */
export async function makeBareRepository(path: string, environment: Environment): Promise<void> {
  makeDirectory(dirname(path), 0o777);
  const { code, stderr } = await gitAt(path, environment).run([
    "init",
    "--quiet",
    "--bare",
    "--initial-branch=main",
    // Whatever the user's own git makes by default: git exchanges objects only between repositories of one format.
    "--object-format=sha1",
    "--template=",
    path,
  ]);
  if (code !== 0)
    throw new HiveError(
      "write_failed",
      `git could not create a repository at ${path}: ${stderr.trim()}.`,
      "Check the path and its permissions.",
    );
}
