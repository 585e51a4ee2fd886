import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { BRANCH } from "../git/ref-names.ts";
import { refInFiles } from "../git/refs.ts";
import { readText } from "../host/files.ts";

/** The git directories of a checkout: its own, and the one that all work trees of a clone share. */
export interface CloneFiles {
  readonly own: string;
  readonly common: string;
}

/** Finds the git directories of a checkout without starting git. */
export function findClone(project: string): CloneFiles {
  const dotGit = join(project, ".git");
  // In a linked work tree, `.git` is a file with the path of the directory.
  const link = /^gitdir: (.+)/.exec(readText(dotGit) ?? "")?.[1];
  const own = link === undefined ? dotGit : resolve(project, link);
  return { own, common: resolve(own, readText(join(own, "commondir"))?.trim() ?? ".") };
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
  const lines = (readText(join(common, "config")) ?? "").matchAll(/^[ \t]*url[ \t]*=[ \t]*(\S.*)$/gm);
  return [...lines].flatMap(([, url = ""]) => url.trim().replace(/^"(.*)"$/, "$1"));
}
