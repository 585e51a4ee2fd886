import { HiveError } from "../../errors.ts";
import { looksLikeHub, mainCheckoutOf, projectOf, remoteOf } from "../checkout/checkout.ts";
import type { Environment } from "../host/environment.ts";
import type { Host } from "../host/state-directory.ts";
import { type HubAddress, parseHubAddress } from "../hub/address.ts";

/**
 * The hub that was chosen on purpose for a directory: `HIVE_HUB`, else what `init` or `join` chose for its project, or
 * for the checkout that this project is a work tree of.
 */
function chosenHub(environment: Environment, host: Host, project: string): string | undefined {
  const chosen = (environment.HIVE_HUB || undefined) ?? host.linkOf(project);
  return chosen ?? host.linkOf(mainCheckoutOf(project));
}

/**
 * The hub that a session takes part in without being told to: only one that was chosen on purpose. Neither this host's
 * default, which says nothing about this project, nor a guess by what a checkout holds, which anybody may have written.
 * Throws HiveError on a bad address.
 */
export function expectedHub(environment: Environment, host: Host, directory: string): HubAddress | undefined {
  const chosen = chosenHub(environment, host, projectOf(directory));
  return chosen === undefined ? undefined : parseHubAddress(chosen, directory);
}

/**
 * Whether `chooseHub` has one to choose where it is told none, by this host's files alone: git is not asked, so a clone
 * of a hub counts whatever its remotes are.
 */
export function knowsHub(environment: Environment, host: Host, directory: string): boolean {
  const project = projectOf(directory);
  const chosen = chosenHub(environment, host, project) ?? host.defaultHub();
  return chosen !== undefined || looksLikeHub(project);
}

/**
 * Which hub a command means: what it was told, else `HIVE_HUB`, else what `init` or `join` chose for this project,
 * else the remote of the enclosing clone of a hub, else this host's default. What was chosen on purpose comes
 * before what is guessed. Throws HiveError when none of them names one.
 */
export async function chooseHub(
  told: string | undefined,
  environment: Environment,
  host: Host,
  directory: string,
): Promise<HubAddress> {
  const project = projectOf(directory);
  const chosen = told ?? chosenHub(environment, host, project);
  if (chosen !== undefined) return parseHubAddress(chosen, directory);
  const guessed = (looksLikeHub(project) ? await remoteOf(project) : undefined) ?? host.defaultHub();
  if (guessed !== undefined) return parseHubAddress(guessed, project);
  throw new HiveError(
    "no_hub",
    `No hub is known for ${project}.`,
    "Make one: hive init. Or join one: hive join <url>. Or name it: --hub <url|path>, HIVE_HUB=<url|path>",
    { failure: "usage" },
  );
}
