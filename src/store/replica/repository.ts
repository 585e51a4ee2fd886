import { existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { HiveError } from "../../errors.ts";
import { type Git, gitAt } from "../git/git.ts";
import type { PushOutcome } from "../git/push-answer.ts";
import { BRANCH } from "../git/ref-names.ts";
import { StuckLocks } from "../git/stuck-locks.ts";
import type { Environment } from "../host/environment.ts";
import { listNames } from "../host/files.ts";
import type { HubAddress } from "../hub/address.ts";

/** Git's own default for when loose objects are worth packing; every other command of ours leaves them alone. */
const LOOSE_OBJECTS = 6700;

/** How long a lock has to stay the same in a hub that others may be at work in, too. */
const DEAD_AFTER_MS = 4000;

/** A ref beside the branch that a push may set or delete; `expected` is what it must hold on the hub for that. */
export interface RefUpdate {
  readonly ref: string;
  /** The commit to set it to; undefined deletes it. */
  readonly to: string | undefined;
  readonly expected: string | undefined;
}

/** What a push came to, for the branch and for the refs beside it. */
export interface Pushed {
  readonly branch: PushOutcome;
  readonly sideRefs: readonly PushOutcome[];
}

/** How far a look at the hub goes: to its branch, or to what other hosts wait with as well. */
export type RefreshScope = "branch" | "branch and outboxes";

/** The repository that this host reads and writes a hub through. */
export interface Repository {
  readonly address: HubAddress;
  readonly git: Git;
  /** What to do about locks that a killed git left in it. */
  readonly locks: StuckLocks;
  /** Where the newest known commit of the hub's branch is; the ref may not exist yet. */
  readonly tip: string;
  /** The ref to commit to directly; undefined where a commit has to be pushed. */
  readonly ref: string | undefined;
  /** Learns the branch's newest commit from the hub. Throws HiveError when the hub cannot be reached. */
  refresh(scope?: RefreshScope): Promise<void>;
  /** The same for who asks again and again: where nothing came, it is one request. */
  poll(): Promise<void>;
  /** Offers a commit to the hub as its branch's next one after `base`, and after nothing else. */
  push(commit: string, base: string | undefined, sideRefs?: readonly RefUpdate[]): Promise<Pushed>;
  /** Gets at least so many commits of the branch's history here; all of it without a number. Throws HiveError. */
  deepen(commits?: number): Promise<void>;
  /** Lets git pack what has piled up, if it finds it worth it; git does that in the background. */
  tidy(): Promise<void>;
}

/** A hub on this disk is its own replica: it is read as it is, and written by compare-and-swap on its branch. */
export function openEmbedded(path: string, environment: Environment): Repository {
  if (existsSync(join(path, ".git")))
    throw new HiveError(
      "not_bare",
      `${path} is a working checkout, not a hub.`,
      "Name its remote, or make a hub of its own: hive init",
    );
  if (!existsSync(join(path, "HEAD")) || !existsSync(join(path, "objects")))
    throw new HiveError("no_hub", `There is no hub at ${path}.`, `Make one: hive init --remote ${path}`);
  const git = gitAt(path, environment);
  return {
    address: { kind: "path", path },
    git,
    locks: new StuckLocks(path, DEAD_AFTER_MS),
    tip: BRANCH,
    ref: BRANCH,
    refresh: async () => undefined,
    poll: async () => undefined,
    push: async () => ({ branch: { kind: "accepted" }, sideRefs: [] }),
    deepen: async () => undefined,
    tidy: () => tidy(git),
  };
}

/** Git's own thresholds and its grace of two weeks for what nothing refers to. */
export async function tidy(git: Git): Promise<void> {
  for (const name of listNames(git.directory).filter((each) => each.startsWith("fast_import_crash_")))
    rmSync(join(git.directory, name), { force: true });
  await git.run(["-c", `gc.auto=${LOOSE_OBJECTS}`, "gc", "--auto", "--quiet"]);
}

/** Makes an empty bare repository whose branch will be the hub's. */
export async function makeBareRepository(path: string, environment: Environment): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const { code, stderr } = await gitAt(path, environment).run([
    "init",
    "--quiet",
    "--bare",
    "--initial-branch=main",
    "--template=",
    path,
  ]);
  if (code !== 0)
    throw new HiveError(
      "write_failed",
      `git could not make ${path}: ${stderr.trim()}.`,
      "Check the path and its rights.",
    );
}
