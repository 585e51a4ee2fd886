import { join } from "node:path";
import type { SimpleGit } from "simple-git";
import { type Git, gitAt } from "../git/git.ts";
import { BRANCH } from "../git/ref-names.ts";
import type { Environment } from "../host/environment.ts";
import { readText } from "../host/files.ts";
import { looksLikeHub } from "./checkout.ts";
import { branchTip, type CloneFiles, findClone, isBusy, isOnHubBranch, writtenUrls } from "./git-files.ts";
import { gitIn, hubRemote, isSameHub } from "./user-git.ts";

/** What this host last saw of a hub: the repository that has it, the ref there, its commit, and the hub's address. */
export interface CloneState {
  readonly directory: string;
  readonly ref: string;
  readonly oid: string;
  readonly url: string;
}

/** How long the hub may take to send what the replica does not have, in seconds. */
const FETCH_SECONDS = 10;

const NAME = BRANCH.replace("refs/heads/", "");

/**
 * Moves a clone of the hub forward to what this host has seen, when that is all there is to do: the hub's branch is
 * checked out, nothing is changed in it and nothing committed to it. Anything else is left alone, in silence.
 */
export async function keepInStep(
  project: string,
  seen: CloneState,
  environment: Environment,
): Promise<"moved" | "kept"> {
  const files = findClone(project);
  const tip = isOnHubBranch(files) ? branchTip(files) : undefined;
  // Most commands end here: that costs two small files, and git is not even loaded.
  if (tip === undefined || tip === seen.oid) return "kept";
  if (isBusy(files) || isInsideGit(environment) || !mayBeClone(project, files, seen.url)) return "kept";
  const git = gitAt(files.own, environment);
  if (git.runNow(["merge-base", "--is-ancestor", seen.oid, tip], "").code === 0) return "kept";
  await moveForward(project, git, seen, environment);
  return branchTip(files) === tip ? "kept" : "moved";
}

/** Whether a hook started this command, so that git is at work in the clone, or means another one. */
function isInsideGit(environment: Environment): boolean {
  return ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"].some((name) => environment[name] !== undefined);
}

/** Only git can tell for sure, but a project that has nothing to do with hubs need not wait for that. */
function mayBeClone(project: string, files: CloneFiles, hub: string): boolean {
  return looksLikeHub(project) || writtenUrls(files).some((url) => isSameHub(url, hub, project));
}

async function moveForward(
  project: string,
  git: Git,
  seen: CloneState,
  environment: Environment,
): Promise<void> {
  const { GitError } = await import("simple-git");
  try {
    const checkout = await gitIn(project, environment);
    const remote = await freeRemote(checkout, project, seen.url);
    if (remote === undefined || !(await fetch(git, project, remote, seen))) return;
    const alone = ["--ff-only", "--no-stat", "--no-autostash", "--no-verify-signatures"];
    // What the user would have every merge do could make it another one.
    await checkout.raw(["-c", `branch.${NAME}.mergeOptions=`, "merge", ...alone, trackingRef(remote)]);
  } catch (error) {
    // Git itself refuses what would overwrite something; whatever its reason, the clone stays as it is.
    if (!(error instanceof GitError)) throw error;
  }
}

/** The clone's remote that is the hub, where nothing in the clone waits to be committed or pushed to it. */
async function freeRemote(checkout: SimpleGit, project: string, hub: string): Promise<string | undefined> {
  const [remote, { files, ahead, tracking }] = await Promise.all([
    hubRemote(checkout, project, hub),
    checkout.status(["--untracked-files=no"]),
  ]);
  const isAhead = ahead > 0 && tracking === `${remote}/${NAME}`;
  return files.length > 0 || isAhead ? undefined : remote;
}

function trackingRef(remote: string): string {
  return `refs/remotes/${remote}/${NAME}`;
}

/**
 * Brings the commits into the clone, as what its remote has now: from the replica, or over the network where the
 * replica starts later than the clone ends. Whether the clone has them now.
 */
async function fetch(git: Git, project: string, remote: string, seen: CloneState): Promise<boolean> {
  const [from, ref] = hasAllSince(seen.directory, git) ? [seen.directory, seen.ref] : [remote, BRANCH];
  const quietly = ["--quiet", "--no-tags", "--no-prune", "--no-auto-maintenance", "--no-write-fetch-head"];
  const args = [...quietly, "--no-recurse-submodules", from, `${ref}:${trackingRef(remote)}`];
  const { code } = await git.run(["-C", project, "fetch", ...args], { seconds: FETCH_SECONDS });
  return code === 0;
}

/**
 * Whether a repository has all that came after the clone's branch. It is asked before: git would take commits whose
 * parents are missing, and then refuse to use them.
 */
function hasAllSince(directory: string, clone: Git): boolean {
  const starts = readText(join(directory, "shallow"));
  if (starts === undefined) return true;
  const newer = clone.runNow(["rev-list", "--max-count=1", "--stdin"], `${starts.trim()}\n^${BRANCH}\n`);
  return newer.code === 0 && newer.stdout.length === 0;
}
