import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { BRANCH } from "../git/ref-names.ts";
import { refInFiles } from "../git/refs.ts";
import { listNames, readText } from "../host/files.ts";
import { remotesIn } from "./git-config.ts";

/** The git directories of a checkout: its own, and the one that all work trees of a clone share. */
export interface CloneFiles {
  readonly own: string;
  readonly common: string;
}

/** Finds the git directories of a checkout, or of a bare repository, without starting git. */
export function findClone(root: string): CloneFiles {
  const dotGit = join(root, ".git");
  if (!existsSync(dotGit) && isGitDirectory(root)) return { own: root, common: commonOf(root) };
  // In a linked work tree or a submodule, `.git` is a file with the path of the directory.
  const link = /^gitdir: (.+)/.exec(readText(dotGit) ?? "")?.[1]?.trimEnd();
  const own = link === undefined ? dotGit : resolve(root, link);
  return { own, common: commonOf(own) };
}

/**
 * The directory that a git directory shares with the other work trees of its clone. Where a linked work tree's own one
 * does not exist here, as in a container, its path still tells.
 */
export function commonOf(own: string): string {
  const written = readText(join(own, "commondir"))?.trim();
  if (written !== undefined) return resolve(own, written);
  return !existsSync(own) && basename(dirname(own)) === "worktrees" ? dirname(dirname(own)) : own;
}

/** Whether a directory is a git directory: a bare repository, or the `.git` of a checkout. */
export function isGitDirectory(path: string): boolean {
  return ["HEAD", "objects", "refs"].every((name) => existsSync(join(path, name)));
}

/** The roots of a repository's linked work trees, as git noted them. */
export function siblingsOf(common: string): string[] {
  const worktrees = join(common, "worktrees");
  return listNames(worktrees).flatMap((name) => {
    const dotGit = readText(join(worktrees, name, "gitdir"))?.trim();
    return dotGit ? [dirname(resolve(worktrees, name, dotGit))] : [];
  });
}

/** A path without symbolic links, as far as it exists. */
export function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return dirname(path) === path ? path : join(realPath(dirname(path)), basename(path));
  }
}

/** Whether the checkout has the hub's branch checked out, not detached. */
export function isOnHubBranch({ own }: CloneFiles): boolean {
  return readText(join(own, "HEAD"))?.trim() === `ref: ${BRANCH}`;
}

/** The commit of the hub's branch in the clone; undefined when there is none yet. */
export function branchTip({ common }: CloneFiles): string | undefined {
  return refInFiles(common, BRANCH);
}

/** Files that exist while a merge, a rebase or the like is unfinished, or another git process is writing. */
const UNFINISHED = [
  "MERGE_HEAD",
  "CHERRY_PICK_HEAD",
  "REVERT_HEAD",
  "BISECT_LOG",
  "rebase-merge",
  "rebase-apply",
  "sequencer",
  "index.lock",
];

/** Whether an operation is in progress in the checkout that must not be disturbed. */
export function isBusy({ own }: CloneFiles): boolean {
  return UNFINISHED.some((name) => existsSync(join(own, name)));
}

/** The URLs of the clone's remotes, as written in its own settings. */
export function writtenUrls({ common }: CloneFiles): string[] {
  return remotesIn(readText(join(common, "config")) ?? "").map(({ url }) => url);
}
