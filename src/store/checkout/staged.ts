// By itself, for it brings simple-git along, and only `hive claims check --staged` needs it.
import { resolve } from "node:path";
import type { Environment } from "../host/environment.ts";
import { gitIn } from "./user-git.ts";

/**
 * The files that the next commit of a checkout changes, from its root on; both names of one that moved. Inside a hook
 * that is what this very commit changes, which may have an index of its own. Throws GitError where there is no checkout.
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
