import { existsSync } from "node:fs";
import { join } from "node:path";
import { MERGE_DRIVER } from "../domain/hub/attributes.ts";
import { gitIn, hubRemote } from "./checkout/user-git.ts";
import type { Environment } from "./host/environment.ts";

/** Whether a clone of the hub merges generated files by us; undefined where the project is no clone of it. */
export async function isDriverInstalled(
  project: string,
  hub: string,
  environment: Environment,
): Promise<boolean | undefined> {
  if (!existsSync(join(project, ".git"))) return undefined;
  const { GitError } = await import("simple-git");
  const git = await gitIn(project, environment);
  try {
    if ((await hubRemote(git, project, hub)) === undefined) return undefined;
    return (await git.getConfig(`merge.${MERGE_DRIVER}.driver`, "local")).value !== null;
  } catch (error) {
    if (error instanceof GitError) return undefined;
    throw error;
  }
}
