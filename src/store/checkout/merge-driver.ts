import { existsSync } from "node:fs";
import { join } from "node:path";
import { MERGE_DRIVER } from "../../domain/hub/attributes.ts";
import type { Environment } from "../host/environment.ts";
import { gitIn, hubRemote } from "./user-git.ts";

/**
 * Makes git in a clone of the hub merge the generated files by running us, by that clone's own settings alone; false
 * where the project is no clone of the hub, and nothing is set then. `command` is how this program is started.
 */
export async function installMergeDriver(
  project: string,
  hub: string,
  command: readonly string[],
  environment: Environment,
): Promise<boolean> {
  const { GitError } = await import("simple-git");
  const git = await gitIn(project, environment);
  const settings = { name: "generated files of a git-hive hub", driver: driverCommand(command) };
  try {
    if ((await hubRemote(git, project, hub)) === undefined) return false;
    for (const [name, value] of Object.entries(settings)) {
      const key = `merge.${MERGE_DRIVER}.${name}`;
      if ((await git.getConfig(key, "local")).value === value) continue;
      await git.raw(["config", "--local", "--replace-all", key, value]);
    }
    return true;
  } catch (error) {
    // No repository, or somebody else is writing its settings.
    if (error instanceof GitError) return false;
    throw error;
  }
}

/** Where we cannot merge, or are no longer installed, git does what it does with any text. */
function driverCommand(command: readonly string[]): string {
  const ours = [...command.map(quote), "merge-driver", "%O", "%A", "%B", "%P"].join(" ");
  return `${ours} || git merge-file -L ours -L base -L theirs %A %O %B`;
}

/** One word for the shell that git starts, in which git itself replaces what follows a per cent sign. */
function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''").replaceAll("%", "%%")}'`;
}

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
