import { HiveError } from "../../errors.ts";
import {
  findProject,
  looksLikeHub,
  type Project,
  remoteOf,
  withSuperprojects,
} from "../checkout/checkout.ts";
import type { Environment } from "../host/environment.ts";
import type { Host } from "../host/state-directory.ts";
import { type HubAddress, parseGivenAddress, parseHubAddress, showAddress } from "../hub/address.ts";
import { type Link, linkOf, noteTold, recognise, refreshLink } from "./links.ts";

/** The hub of a command, and whether somebody chose it for this project. */
export interface ChosenHub {
  readonly address: HubAddress;
  /** Why nothing may be written: the hub is only this host's default. */
  readonly unchosen?: HiveError | undefined;
  /** The link that tells, and the project that has it. */
  readonly found?: { readonly project: Project; readonly link: Link } | undefined;
}

/**
 * The link of a project, or of the repository that it is a submodule of. A project that was moved or cloned anew is
 * recognised.
 */
function findLink(environment: Environment, host: Host, project: Project): Found | undefined {
  for (const each of withSuperprojects(project)) {
    const link = linkOf(host, each, environment);
    if (link !== undefined) return { link, project: each };
  }
  for (const each of withSuperprojects(project)) {
    const recognised = recognise(host, each, environment);
    if (recognised !== undefined) return { ...recognised, project: each };
  }
  return undefined;
}

type Found = { readonly project: Project } & ({ readonly link: Link } | { readonly hubs: readonly string[] });

/**
 * The hub that a session uses without a `--hub` option: only one that was chosen explicitly. This host's default says
 * nothing about the project, and the content of a checkout may have been written by any user, so neither counts.
 * Throws HiveError on a bad address.
 */
export function expectedHub(environment: Environment, host: Host, directory: string): HubAddress | undefined {
  if (environment.HIVE_HUB) return parseHubAddress(environment.HIVE_HUB, directory);
  const found = findLink(environment, host, findProject(directory));
  return found !== undefined && "link" in found ? parseHubAddress(found.link.hub, directory) : undefined;
}

/** The link by which a hub is chosen for the project of a directory; undefined without one. */
export function chosenLink(environment: Environment, host: Host, directory: string): Link | undefined {
  const found = findLink(environment, host, findProject(directory));
  return found !== undefined && "link" in found ? found.link : undefined;
}

/**
 * Whether `chooseHub` finds a hub without `--hub`, as far as this host's files show. A clone of a hub counts whatever
 * its remotes are.
 */
export function knowsHub(environment: Environment, host: Host, directory: string): boolean {
  if (environment.HIVE_HUB || host.defaultHub() !== undefined) return true;
  const project = findProject(directory);
  return looksLikeHub(project.root) || findLink(environment, host, project) !== undefined;
}

/**
 * The hub of a command: `option`, else `HIVE_HUB`, else what `init` or `join` chose for this project, else the remote
 * of the enclosing clone of a hub. Else it is this host's default, which may only be read. Throws HiveError when none of
 * them names a hub.
 */
export async function chooseHub(
  option: string | undefined,
  environment: Environment,
  host: Host,
  directory: string,
): Promise<ChosenHub> {
  const named = option ?? (environment.HIVE_HUB || undefined);
  if (named !== undefined) return { address: parseGivenAddress(named, directory) };
  const project = findProject(directory);
  const found = findLink(environment, host, project);
  if (found !== undefined && "link" in found)
    return { address: parseHubAddress(found.link.hub, found.project.root), found };
  const clone = looksLikeHub(project.root) ? await remoteOf(project.root) : undefined;
  if (clone !== undefined) return { address: parseHubAddress(clone, project.root) };
  const several = found && severalHubs(project, found.hubs);
  const why = host.unreadable(["links", "remotes"], [host.linkFile(project.key)]) ?? several;
  const guessed = host.defaultHub();
  if (guessed === undefined) throw why ?? noHub(project);
  const address = parseHubAddress(guessed, project.root);
  return { address, unchosen: why ?? unchosenHub(project, address) };
}

/**
 * Brings the link of a choice up to date. Returns what a project was recognised as, for the user, once.
 */
export function keepChoice(
  environment: Environment,
  host: Host,
  { address, found }: ChosenHub,
): string | undefined {
  if (found === undefined) return undefined;
  const link = refreshLink(host, found.project, found.link, environment);
  if (link.takenFor === undefined) return undefined;
  noteTold(host, link);
  return `${found.project.root} is taken for ${link.takenFor.replace(/[\\/]\.git$/, "")}, because it has its remote or its directory and its first commit, so its hub is ${showAddress(address)}. To choose another: hive join <url>, or hive init`;
}

/** The hub was only this host's default, and nobody chose it for this project. */
function unchosenHub({ root }: Project, address: HubAddress): HiveError {
  const hub = showAddress(address);
  return new HiveError(
    "hub_not_chosen",
    `No hub was chosen for ${root}; ${hub} is only the first that this host joined.`,
    `To use that hub in this project: hive join ${hub}. To make a new one: hive init`,
    { failure: "usage" },
  );
}

function severalHubs({ root }: Project, hubs: readonly string[]): HiveError {
  const shown = hubs.map((hub) => showAddress(parseHubAddress(hub, root)));
  return new HiveError(
    "hub_not_chosen",
    `No hub was chosen for ${root}, and projects with its remote and first commit have different ones: ${shown.join(", ")}.`,
    `Choose one: hive join ${shown[0]}. Or make a new one: hive init`,
    { failure: "usage" },
  );
}

function noHub({ root }: Project): HiveError {
  return new HiveError(
    "no_hub",
    `No hub is known for ${root}.`,
    "Make a hub: hive init. Or join a hub: hive join <url>. Or name the hub: --hub <url|path>, HIVE_HUB=<url|path>",
    { failure: "usage" },
  );
}
