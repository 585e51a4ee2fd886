import { existsSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { makeVisible } from "../../domain/values/visible.ts";
import { refInFiles } from "../git/refs.ts";
import { findClone } from "./git-files.ts";

/**
 * The command, run in a directory, that makes a work tree beside a checkout, under a name and a branch that do not exist.
 * Undefined where there is no checkout, or where its path is not safe to show.
 */
export function freeTree(root: string, directory: string, name: string): string | undefined {
  if (!existsSync(join(root, ".git")) || makeVisible(root) !== root) return undefined;
  const { common } = findClone(root);
  const isFree = (branch: string) =>
    !existsSync(treeOf(root, branch)) && refInFiles(common, `refs/heads/${branch}`) === undefined;
  for (let number = 1; ; number++) {
    const branch = number === 1 ? name : `${name}-${number}`;
    if (isFree(branch))
      return `git worktree add ${quote(relative(directory, treeOf(root, branch)))} -b ${branch}`;
  }
}

function treeOf(root: string, branch: string): string {
  return join(dirname(root), `${basename(root)}-${branch}`);
}

/** The text as one word of a shell. */
function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
