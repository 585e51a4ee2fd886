import { existsSync } from "node:fs";
import { join } from "node:path";
import { MERGE_DRIVER } from "../../domain/hub/attributes.ts";
import type { Environment } from "../host/environment.ts";
import { gitIn, hubRemote } from "./user-git.ts";

/**
 * Sets a merge driver in a clone of the hub, so that git-hive merges the generated files. Only that clone's own
 * settings change. Returns false, and sets nothing, when the project is no clone of the hub. `command` is how this
 * program is started.
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
    // There is no repository, or another process is writing its settings.
    if (error instanceof GitError) return false;
    throw error;
  }
}

/**
 * The command of the driver. When git-hive cannot merge or is not installed any more, git merges the file as plain
 * text.
 */
function driverCommand(command: readonly string[]): string {
  const ours = [...command.map(quote), "merge-driver", "%O", "%A", "%B", "%P"].join(" ");
  return `${ours} || git merge-file -L ours -L base -L theirs %A %O %B`;
}

/** Quotes one word for the shell that git starts. Git itself replaces what follows a per cent sign. */
function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''").replaceAll("%", "%%")}'`;
}

/** Whether a clone of the hub has the merge driver; undefined when the project is no clone of the hub. */
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
