import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Health } from "../../domain/doctor/repository.ts";
import type { Git, GitResult } from "../git/git.ts";
import { knownRef } from "../git/refs.ts";
import { readText } from "../host/files.ts";
import { firstUnreadable } from "../host/unreadable.ts";

/** The time limit for checking every object; a history of a hundred thousand commits needs a quarter of it. */
const FSCK_TIMEOUT_SECONDS = 120;

/** The repository to check, its important ref, and a setting that it cannot be used without. */
interface Subject {
  readonly git: Git;
  readonly ref: string;
  readonly setting?: string | undefined;
}

/**
 * Checks a repository's files without opening it, because opening it may be what fails. Returns the first problem.
 */
export async function healthOf({ git, ref, setting }: Subject): Promise<Health> {
  const denied = firstUnreadable([git.directory]);
  const form = denied === undefined ? formOf(git.directory) : "folder";
  if (form !== "folder") return { kind: form };
  const closed = denied ?? firstUnreadable(["objects", "refs"].map((part) => join(git.directory, part)));
  if (closed !== undefined) return { kind: "unreadable", message: closed.message, hint: closed.hint };
  if (setting !== undefined && !hasSetting(git, setting)) return { kind: "no settings" };
  if (git.runNow(["rev-parse", "--git-dir"], "").code !== 0) return { kind: "foreign" };
  if (isBrokenRef(git, ref)) return { kind: "broken ref" };
  return checkObjects(git, ref);
}

function formOf(path: string): "absent" | "file" | "empty" | "folder" {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return "absent";
  if (!stat.isDirectory()) return "file";
  return readdirSync(path).length === 0 ? "empty" : "folder";
}

function hasSetting(git: Git, setting: string): boolean {
  const file = `--file=${join(git.directory, "config")}`;
  return git.runNow(["config", file, "--get", setting], "").code === 0;
}

/** Whether a ref exists but points to no commit. A missing ref is that of a hub with no commit yet. */
function isBrokenRef(git: Git, ref: string): boolean {
  const exists = knownRef(git, ref) !== null || readText(join(git.directory, ref)) !== undefined;
  return exists && git.runNow(["cat-file", "-e", `${ref}^{commit}`], "").code !== 0;
}

/** The largest piece of memory that the check may ask for. A larger commit, as in a worthless outbox, is not read. */
const FSCK_ALLOCATION_BYTES = 67_108_864;

async function checkObjects(git: Git, ref: string): Promise<Health> {
  const whole = await fsck(git, []);
  // With an object that is too large to be read, the check covers what the branch needs.
  const result = isTooLarge(whole) ? await fsck(git, ["--connectivity-only", ref]) : whole;
  if (result.timedOut) return { kind: "unchecked", seconds: FSCK_TIMEOUT_SECONDS };
  const complaints = result.code === 0 ? [] : complaintsIn(git, result);
  return complaints.length === 0 ? { kind: "sound" } : { kind: "damaged", complaints };
}

/** Large files are checked without being in memory as a whole. */
function fsck(git: Git, more: readonly string[]): Promise<GitResult> {
  const args = ["-c", "core.bigFileThreshold=4m", "fsck", "--no-dangling", "--no-progress", ...more];
  return git.run(args, { seconds: FSCK_TIMEOUT_SECONDS, allocationBytes: FSCK_ALLOCATION_BYTES });
}

function isTooLarge({ stderr }: GitResult): boolean {
  return /attempting to allocate \d+/.test(stderr);
}

/** Keeps only errors about lost data. Oddities of a commit that a user made lose nothing and would come back. */
function complaintsIn({ directory }: Git, { stdout, stderr }: GitResult): string[] {
  return `${stderr}\n${stdout}`
    .split("\n")
    .filter((line) => /^(?:missing|error:|fatal:|bad) /.test(line))
    .map((line) => line.replace(/^(?:error|fatal): /, "").replaceAll(`${directory}/`, ""));
}
