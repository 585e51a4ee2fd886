import { devNull } from "node:os";
import type { SimpleGit } from "simple-git";
import { HiveError } from "../../errors.ts";
import { gitEnvironment } from "../git/hardening.ts";
import type { Environment } from "../host/environment.ts";
import { addressKey, parseHubAddress } from "../hub/address.ts";

/**
 * Git in a user's own checkout: no hook runs, nothing is tidied up, nobody is asked for a password. All else is as the
 * user has configured it, for the files are written the way the user wants them. `more` is added to its environment.
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
    unsafe: Object.fromEntries(OURS.map((what) => [what, true])),
  }).env(env);
}

/** What simple-git refuses by itself: the settings above, the merge driver, and what our environment may carry. */
const OURS = [
  "allowUnsafeHooksPath",
  "allowUnsafeMergeDriver",
  "allowUnsafeConfigPaths",
  "allowUnsafeAskPass",
  "allowUnsafeSshCommand",
];

/** The remote of a clone that is the hub at an address, `origin` before others; undefined where none is. */
export async function hubRemote(git: SimpleGit, project: string, hub: string): Promise<string | undefined> {
  const names = (await git.getRemotes(true))
    .filter(({ refs }) => isSameHub(refs.fetch, hub, project))
    .map(({ name }) => name);
  return names.find((name) => name === "origin") ?? names[0];
}

/** Whether an address that stands in a clone is that of a hub, whatever their credentials are. */
export function isSameHub(url: string, hub: string, project: string): boolean {
  const key = keyOf(url, project);
  return key !== undefined && key === keyOf(hub, project);
}

function keyOf(url: string, project: string): string | undefined {
  try {
    // A repository on this disk is the same by its path and by its file URL.
    return addressKey(parseHubAddress(url.replace(/^file:\/\//i, ""), project));
  } catch (error) {
    if (error instanceof HiveError) return undefined;
    throw error;
  }
}
