import { HiveError } from "../hive-error.ts";
import { looksLikeHub, projectOf, remoteOf } from "./checkout.ts";
import type { Environment } from "./hardening.ts";
import type { Host } from "./host.ts";
import { type HubAddress, parseHubAddress } from "./hub-address.ts";

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
  const chosen = told ?? (environment.HIVE_HUB || undefined) ?? host.linkOf(project);
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
