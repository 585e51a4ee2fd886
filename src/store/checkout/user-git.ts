import { devNull } from "node:os";
import type { SimpleGit } from "simple-git";
import { HiveError } from "../../errors.ts";
import { gitEnvironment } from "../git/git-environment.ts";
import type { Environment } from "../host/environment.ts";
import { addressKey, parseHubAddress } from "../hub/address.ts";

/**
 * Git in a user's own checkout: no hooks, no gc, no password prompt. All other settings are the user's, so that files
 * are written as the user wants them. `more` is added to git's environment.
 */
export async function gitIn(
  project: string,
  environment: Environment,
  more: Readonly<Record<string, string>> = {},
): Promise<SimpleGit> {
  const { simpleGit } = await import("simple-git");
  const env = { ...gitEnvironment(environment), ...more };
  return simpleGit(project, {
    config: [`core.hooksPath=${devNull}`, "gc.auto=0", "maintenance.auto=false"],
    allowEnvironment: Object.keys(env),
    unsafe: Object.fromEntries(ALLOWED_SETTINGS.map((name) => [name, true])),
  }).env(env);
}

/**
 * All that simple-git refuses by default in settings and variables. The user's are as they are, and git works with them
 * without us too. Our own arguments are written here, and none comes from outside.
 */
const ALLOWED_SETTINGS = [
  ...["allowUnsafeAlias", "allowUnsafeAskPass", "allowUnsafeCommandBinaries", "allowUnsafeConfigEnvCount"],
  ...["allowUnsafeConfigPaths", "allowUnsafeCredentialHelper", "allowUnsafeDiffExternal"],
  ...["allowUnsafeDiffTextConv", "allowUnsafeEditor", "allowUnsafeExec", "allowUnsafeFilter"],
  ...["allowUnsafeFsMonitor", "allowUnsafeGitProxy", "allowUnsafeGpgProgram", "allowUnsafeHooksPath"],
  ...["allowUnsafeInclude", "allowUnsafeMergeDriver", "allowUnsafePack", "allowUnsafePager"],
  ...["allowUnsafeProtocolOverride", "allowUnsafeSshCommand", "allowUnsafeSubmodule"],
  ...["allowUnsafeTemplateDir", "allowUnsafeUrlRewrite"],
];

/** The clone's remote for the hub at an address, `origin` before others; undefined when it has none. */
export async function hubRemote(git: SimpleGit, project: string, hub: string): Promise<string | undefined> {
  const names = (await git.getRemotes(true))
    .filter(({ refs }) => isSameHub(refs.fetch, hub, project))
    .map(({ name }) => name);
  return names.find((name) => name === "origin") ?? names[0];
}

/** Whether an address from a clone's settings is that of a hub, whatever the credentials of the two are. */
export function isSameHub(url: string, hub: string, project: string): boolean {
  const key = keyOf(url, project);
  return key !== undefined && key === keyOf(hub, project);
}

function keyOf(url: string, project: string): string | undefined {
  try {
    // A repository on this disk has the same key for its path and for its file URL.
    return addressKey(parseHubAddress(url.replace(/^file:\/\//i, ""), project));
  } catch (error) {
    if (error instanceof HiveError) return undefined;
    throw error;
  }
}

/** Whether git refuses a checkout because its folder belongs to another user. */
export async function isForeign(project: string, environment: Environment): Promise<boolean> {
  const git = await gitIn(project, environment);
  return git.raw(["rev-parse", "--git-dir"]).then(
    () => false,
    (error: Error) => /dubious ownership/.test(error.message),
  );
}
