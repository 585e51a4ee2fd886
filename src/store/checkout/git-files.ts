import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { BRANCH } from "../git/ref-names.ts";
import { refInFiles } from "../git/refs.ts";
import { readText } from "../host/files.ts";

/** Where git keeps a checkout: what is its own, and what it shares with the other work trees of one clone. */
export interface CloneFiles {
  readonly own: string;
  readonly common: string;
}

/** Finds the files of a checkout without starting git. */
export function findClone(project: string): CloneFiles {
  const place = join(project, ".git");
  // In a linked work tree `.git` is a file that says where the directory is.
  const link = /^gitdir: (.+)/.exec(readText(place) ?? "")?.[1];
  const own = link === undefined ? place : resolve(project, link);
  return { own, common: resolve(own, readText(join(own, "commondir"))?.trim() ?? ".") };
}

/** Whether the checkout has the hub's branch checked out, as a branch. */
export function isOnHubBranch({ own }: CloneFiles): boolean {
  return readText(join(own, "HEAD"))?.trim() === `ref: ${BRANCH}`;
}

/** The commit that the clone's branch of the hub is at; undefined where there is none yet. */
export function branchTip({ common }: CloneFiles): string | undefined {
  return refInFiles(common, BRANCH);
}

/** What is there while a merge, a rebase or the like waits to be ended, or another git is writing. */
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

/** Whether something is going on in the checkout that nobody may interfere with. */
export function isBusy({ own }: CloneFiles): boolean {
  return UNFINISHED.some((name) => existsSync(join(own, name)));
}

/** The URLs of the clone's remotes as its own settings spell them. */
export function writtenUrls({ common }: CloneFiles): string[] {
  const lines = (readText(join(common, "config")) ?? "").matchAll(/^\s*url\s*=\s*(.+)$/gm);
  return [...lines].flatMap(([, url = ""]) => url.trim().replace(/^"(.*)"$/, "$1"));
}
