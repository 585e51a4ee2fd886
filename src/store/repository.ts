import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { BRANCH } from "../domain/paths.ts";
import { HiveError } from "../hive-error.ts";
import { dropDeadLock } from "./dead-lock.ts";
import { readText, writeAtomically } from "./files.ts";
import { type Git, gitAt } from "./git.ts";
import type { Environment } from "./hardening.ts";
import { type HubAddress, splitLogin } from "./hub-address.ts";
import { denied, unreachable } from "./hub-errors.ts";
import { type PushOutcome, readFailure, readPushOutcome } from "./push-outcome.ts";

/** How long the remote may take before its answer counts as lost, in seconds. */
const FETCH_SECONDS = 20;
const PUSH_SECONDS = 30;
const LONGEST_WAIT_MS = 400;

/** Git's own default for when loose objects are worth packing; every other command of ours leaves them alone. */
const LOOSE_OBJECTS = 6700;

/** Where a remote hub's branch is kept in its replica: outside `refs/remotes`, so that no fetch of git's own moves it. */
const TRACKED = "refs/hive/main";

/** The repository that this host reads and writes a hub through. */
export interface Repository {
  readonly address: HubAddress;
  readonly git: Git;
  /** The newest commit of the hub's branch that is known here; its ref may not exist yet. */
  readonly tip: string;
  /** The ref to commit to directly; undefined where a commit has to be pushed. */
  readonly ref: string | undefined;
  /** Learns the branch's newest commit from the hub. Throws HiveError when the hub cannot be reached. */
  refresh(): Promise<void>;
  /** Offers a commit to the hub as its branch's next one after `base`, and after nothing else. */
  push(commit: string, base: string | undefined): Promise<PushOutcome>;
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
    tip: BRANCH,
    ref: BRANCH,
    refresh: async () => undefined,
    push: async () => ({ kind: "accepted" }),
    tidy: () => tidy(git),
  };
}

/** A hub behind a URL is read and written through a bare replica in `directory`, made when it is first needed. */
export async function openReplica(
  address: HubAddress & { kind: "remote" },
  directory: string,
  environment: Environment,
): Promise<Repository> {
  const git = gitAt(directory, environment);
  const config = readText(join(directory, "config"));
  if (config === undefined) await makeReplica(directory, address.url, environment);
  // The same hub with another login: what was wrong or has expired is replaced.
  else if (!config.endsWith(hubSections(address.url))) await configure(git, address.url);
  return {
    address,
    git,
    tip: TRACKED,
    ref: undefined,
    refresh: () => fetchBranch(git, address),
    push: async (commit, base = "") => {
      // A branch that was set back on purpose would take our commit as a step forward, and all that was removed with it.
      const lease = `--force-with-lease=${BRANCH}:${base}`;
      const args = ["push", "--porcelain", "--no-verify", lease, "hub", `${commit}:${BRANCH}`];
      return readPushOutcome(await git.run(args, { seconds: PUSH_SECONDS }), BRANCH);
    },
    tidy: () => tidy(git),
  };
}

/** Git's own thresholds and its grace of two weeks for what nothing refers to. */
async function tidy(git: Git): Promise<void> {
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

/** Never asks, and notices a dead connection; a command that the user has configured is left alone. */
const SSH = "ssh -o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=5 -o ServerAliveCountMax=2";

/** Makes the replica in full beside its place and moves it there, so that nobody ever sees half of one. */
async function makeReplica(directory: string, url: string, environment: Environment): Promise<void> {
  mkdirSync(dirname(directory), { recursive: true, mode: 0o700 });
  const draft = mkdtempSync(`${directory}.`);
  await makeBareRepository(draft, environment);
  await configure(gitAt(draft, environment), url);
  try {
    renameSync(draft, directory);
  } catch {
    // Another process of this host was faster; its replica is as good.
    rmSync(draft, { recursive: true, force: true });
  }
}

/** The address goes into the replica's own config, which only the user can read: on a command line everyone could. */
async function configure(git: Git, url: string): Promise<void> {
  const hasOwnSsh = (await git.run(["config", "--global", "--get", "core.sshCommand"])).code === 0;
  const ssh = hasOwnSsh ? [] : [`\tsshCommand = ${SSH}`];
  const core = ["[core]", "\trepositoryformatversion = 0", "\tbare = true", ...ssh];
  writeAtomically(join(git.directory, "config"), `${core.join("\n")}\n${hubSections(url)}`);
}

/** A login goes into a header, for git hands the URL itself to its helpers on their command line. */
function hubSections(url: string): string {
  const { place, login } = splitLogin(url);
  const quoted = (text: string) => `"${text.replaceAll(/["\\]/g, (character) => `\\${character}`)}"`;
  const remote = ['[remote "hub"]', `\turl = ${quoted(place)}`, `\tfetch = +${BRANCH}:${TRACKED}`];
  if (login === undefined) return `${remote.join("\n")}\n`;
  const header = `\textraHeader = Authorization: Basic ${Buffer.from(login).toString("base64")}`;
  return `${[...remote, `[http ${quoted(new URL("/", place).href)}]`, header].join("\n")}\n`;
}

/**
 * Fetches the branch alone. A hub without the branch is a hub with no commit yet, whatever it had before. The ref may
 * be locked by another fetch of this host, so that is waited for. Throws HiveError.
 */
async function fetchBranch(git: Git, address: HubAddress): Promise<void> {
  const quietly = ["--quiet", "--no-tags", "--no-auto-maintenance", "--no-write-fetch-head", "--refmap="];
  const args = ["fetch", ...quietly, "hub", `+${BRANCH}:${TRACKED}`];
  let result = await git.run(args, { seconds: FETCH_SECONDS });
  for (let wait = 25; /cannot lock ref/.test(result.stderr) && wait <= LONGEST_WAIT_MS; wait *= 2) {
    if (!dropDeadLock(git, TRACKED)) await sleep(wait);
    result = await git.run(args, { seconds: FETCH_SECONDS });
  }
  if (result.code === 0) return;
  if (/couldn't find remote ref/.test(result.stderr)) {
    git.runNow(["update-ref", "-d", TRACKED], "");
    return;
  }
  const failure = readFailure(result);
  throw failure.kind === "denied" ? denied(address, failure.reason) : unreachable(address, failure.reason);
}
