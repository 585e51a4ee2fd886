import { HiveError } from "../../errors.ts";
import { looksLikeHub, mainCheckoutOf, projectOf, remoteOf } from "../checkout/checkout.ts";
import type { Environment } from "../host/environment.ts";
import type { Host } from "../host/state-directory.ts";
import { type HubAddress, parseHubAddress } from "../hub/address.ts";

/**
 * The hub that was explicitly chosen for a directory: `HIVE_HUB`, else what `init` or `join` chose for its project,
 * or for the main checkout when the project is a linked work tree.
 */
function chosenHub(environment: Environment, host: Host, project: string): string | undefined {
  const chosen = (environment.HIVE_HUB || undefined) ?? host.linkOf(project);
  return chosen ?? host.linkOf(mainCheckoutOf(project));
}

/**
 * The hub that a session uses without a `--hub` option: only one that was chosen explicitly. This host's default says
 * nothing about the project, and the content of a checkout may have been written by any user, so neither counts.
 * Throws HiveError on a bad address.
 */
export function expectedHub(environment: Environment, host: Host, directory: string): HubAddress | undefined {
  const chosen = chosenHub(environment, host, projectOf(directory));
  return chosen === undefined ? undefined : parseHubAddress(chosen, directory);
}

/**
 * Whether `chooseHub` finds a hub without `--hub`, as far as this host's files show. Git is not started, so a clone
 * of a hub counts whatever its remotes are.
 */
export function knowsHub(environment: Environment, host: Host, directory: string): boolean {
  const project = projectOf(directory);
  const chosen = chosenHub(environment, host, project) ?? host.defaultHub();
  return chosen !== undefined || looksLikeHub(project);
}

/**
 * The hub of a command: `option`, else `HIVE_HUB`, else what `init` or `join` chose for this project, else the remote
 * of the enclosing clone of a hub, else this host's default. Explicit choices come before guesses. Throws HiveError
 * when none of them names a hub.
 */
export async function chooseHub(
  option: string | undefined,
  environment: Environment,
  host: Host,
  directory: string,
): Promise<HubAddress> {
  const project = projectOf(directory);
  const chosen = option ?? chosenHub(environment, host, project);
  if (chosen !== undefined) return parseHubAddress(chosen, directory);
  const guessed = (looksLikeHub(project) ? await remoteOf(project) : undefined) ?? host.defaultHub();
  if (guessed !== undefined) return parseHubAddress(guessed, project);
  throw new HiveError(
    "no_hub",
    `No hub is known for ${project}.`,
    "Make a hub: hive init. Or join a hub: hive join <url>. Or name the hub: --hub <url|path>, HIVE_HUB=<url|path>",
    { failure: "usage" },
  );
}
