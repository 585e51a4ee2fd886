// This is a file of its own because it loads simple-git, which only `hive claims check --staged` needs.
import { resolve } from "node:path";
import type { Environment } from "../host/environment.ts";
import { gitIn } from "./user-git.ts";

/**
 * The files that the next commit of a checkout changes, with paths from its root; both names of a moved file. In a
 * hook it is the commit in progress, which may have its own index. Throws GitError when there is no checkout.
 */
export async function stagedFiles(
  project: string,
  directory: string,
  environment: Environment,
): Promise<string[]> {
  const index = environment.GIT_INDEX_FILE;
  const git = await gitIn(project, environment, index ? { GIT_INDEX_FILE: resolve(directory, index) } : {});
  const listed = await git.raw(["diff", "--cached", "--name-only", "--no-renames", "--no-relative", "-z"]);
  return listed.split("\0").filter((path) => path !== "");
}
