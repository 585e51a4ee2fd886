import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { CheckoutFacts } from "../../domain/requests/draft-bundle.ts";
import type { Instant } from "../../domain/values/instant.ts";
import type { Environment } from "../host/environment.ts";
import { gitIn } from "./user-git.ts";

/** How many of the last commits describe a branch without a known base. */
const COMMITS_WITHOUT_BASE = 5;
const MAX_COMMITS = 20;

/**
 * Reads facts of the user's checkout: the current commit and branch, and the changes since it left the default
 * branch, and with `since` only those since that instant. Only reads: not even the index is refreshed. Undefined when the
 * project is no checkout.
 */
export async function checkoutFacts(
  project: string,
  environment: Environment,
  since?: Instant,
): Promise<CheckoutFacts | undefined> {
  if (!existsSync(join(project, ".git"))) return undefined;
  const git = await gitIn(project, environment);
  const ask = (...args: string[]) => answerOf(git.raw(args));
  const [commit, branch, status] = await Promise.all([
    ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}"),
    ask("symbolic-ref", "--short", "--quiet", "HEAD"),
    ask("status", "--porcelain", "-z", "--no-renames", "--ignore-submodules=all"),
  ]);
  const dirty = itemsOf(status)
    .map((line) => line.slice(3))
    .filter((path) => since === undefined || isChangedSince(join(project, path), since));
  if (commit === undefined) return { branch, commit, subjects: [], changed: [], dirty };
  const base = await baseOf(ask, commit);
  const range =
    base === undefined
      ? [`--max-count=${COMMITS_WITHOUT_BASE}`, "HEAD"]
      : [`--max-count=${MAX_COMMITS}`, `${base}..HEAD`];
  const late = since === undefined ? [] : [`--since=${since}`];
  const log = (...args: string[]) =>
    ask("log", "-z", "--no-show-signature", ...args, ...late, ...range, "--");
  const subjects = itemsOf(await log("--format=%s"));
  const named = itemsOf(await log("--format=", "--name-only", "--no-renames", "--ignore-submodules=all"));
  // A commit may hold much that is older than it, as the first one of a repository does.
  const changed = named.filter((path) => since === undefined || isChangedSince(join(project, path), since));
  return { branch, commit, subjects, changed: [...new Set(changed)].sort(), dirty };
}

/** Whether a file was changed since an instant, as its time says; true where it was deleted. */
function isChangedSince(path: string, since: Instant): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined || Math.ceil(stat.mtimeMs) >= Date.parse(since);
}

type Ask = (...args: string[]) => Promise<string | undefined>;

/** What git prints; undefined when it prints nothing or fails, as in a repository without commits. */
async function answerOf(running: Promise<string>): Promise<string | undefined> {
  const { GitError } = await import("simple-git");
  try {
    return (await running).trimEnd() || undefined;
  } catch (error) {
    if (error instanceof GitError) return undefined;
    throw error;
  }
}

function itemsOf(text = ""): string[] {
  return text.split("\0").filter(Boolean);
}

/**
 * The commit at which the checkout left the default branch; undefined when it is on that branch, or the branch is
 * unknown.
 */
async function baseOf(ask: Ask, commit: string): Promise<string | undefined> {
  const remote = await ask("rev-parse", "--abbrev-ref", "--verify", "--quiet", "origin/HEAD");
  for (const name of [remote, "refs/heads/main", "refs/heads/master"]) {
    if (name === undefined) continue;
    const base = await ask("merge-base", "HEAD", name);
    if (base !== undefined) return base === commit ? undefined : base;
  }
  return undefined;
}
