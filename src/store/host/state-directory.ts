import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import { hashOf } from "../../domain/values/hash.ts";
import type { SessionId } from "../../domain/values/ids.ts";
import { isSessionId } from "../../domain/values/session-id.ts";
import { beatsIn, type Environment, stateDirectory } from "./environment.ts";
import { listNames, readText, unlink, writeAtomically } from "./files.ts";
import {
  adopt,
  formerFolders,
  formerPlaces,
  merge,
  readFormerFolders,
  removeEmptyParents,
} from "./former-state.ts";
import { firstUnreadable } from "./unreadable.ts";

/** How this host names a hub: by its id where that is known, so that all addresses of one hub have one name. */
export interface HubName {
  readonly name: string;
  /** The key of the address by which the hub is reached. */
  readonly address: string;
}

/** The file in a folder that says in plain text what the folder is for. No session and no hub has this name. */
const KEY_FILE = "@key";

/**
 * The state directory of this host. Two state directories behave as two hosts. Each fact has its own small file, so
 * that concurrent writes do not conflict.
 */
export class Host {
  readonly directory: string;

  constructor(environment: Environment, home: string) {
    this.directory = stateDirectory(environment, home);
  }

  /**
   * Why this host may know less than it stored: one of these folders of the state directory, the directory itself, or one
   * of more paths cannot be read.
   */
  unreadable(
    folders: readonly ("hubs" | "identities" | "links" | "remotes" | "tools")[],
    paths: readonly string[] = [],
  ) {
    return firstUnreadable([
      this.directory,
      ...folders.map((folder) => join(this.directory, folder)),
      ...paths,
    ]);
  }

  /** The name of this host among the hosts of a hub: random, and created when it is first needed. */
  id(random: () => number): string {
    const path = join(this.directory, "host-id");
    const known = readText(path);
    if (known !== undefined && /^[a-z0-9]{16}$/.test(known)) return known;
    const made = Array.from({ length: 16 }, () => Math.floor(random() * 36).toString(36)).join("");
    writeAtomically(path, made);
    return made;
  }

  /** The directory for the files of one address of a hub. */
  hubDirectory(address: string): string {
    const former = join(this.directory, "hubs", ...formerFolders(address), FORMER_HUB);
    return adopt(former, join(this.directory, "hubs", shortName(address)));
  }

  /** Gives the directory of an address the name of another, which has none. */
  renameHubDirectory(address: string, other: string): void {
    const directory = this.hubDirectory(other);
    renameSync(this.hubDirectory(address), directory);
    writeAtomically(join(directory, KEY_FILE), other);
  }

  /** Where an older version that is still running stores an address's files again, after they were moved. */
  formerHubDirectory(address: string): string | undefined {
    const former = join(this.directory, "hubs", ...formerFolders(address), FORMER_HUB);
    return existsSync(former) && former !== this.hubDirectory(address) ? former : undefined;
  }

  /** The directories of all addresses, each with its address. */
  hubDirectories(): { address: string; directory: string }[] {
    const hubs = join(this.directory, "hubs");
    for (const former of formerPlaces(hubs, FORMER_HUB).map(readFormerFolders))
      describe(this.hubDirectory(former), former);
    return listNames(hubs).flatMap((name) => {
      const directory = join(hubs, name);
      const address = readText(join(directory, KEY_FILE));
      return address === undefined ? [] : [{ address, directory }];
    });
  }

  /** The directory for what is known of sessions in one hub. */
  toolsDirectory({ name, address }: HubName): string {
    const place = (key: string) => join(this.directory, "tools", shortName(key));
    const former = join(this.directory, "tools", ...formerFolders(address), "@tools");
    const byAddress = adopt(former, place(address));
    if (name === address || !existsSync(byAddress)) return place(name);
    // A process that did not know the id yet may have stored more by the address.
    const byId = adopt(byAddress, place(name));
    if (byId !== byAddress && existsSync(byAddress)) merge(byAddress, byId);
    return byId;
  }

  /** The directory of heartbeat files, one for each session of a coding tool, which a shell can check. */
  get beatsDirectory(): string {
    return beatsIn(this.directory);
  }

  /** The directory of the same for sessions that have not used a tool yet. */
  get startsDirectory(): string {
    return join(this.directory, "starts");
  }

  /** The file that stores a user's file as it was before git-hive changed it. */
  keptFile(path: string): string {
    const former = join(this.directory, "kept", ...formerFolders(path), "@kept");
    return adopt(former, join(this.directory, "kept", `${shortName(path)}.json`));
  }

  /** The embedded hub of a project. One that an older version made for one of the paths keeps its place, its address. */
  embeddedHub(key: string, paths: readonly string[]): string {
    const embedded = join(this.directory, "embedded");
    const former = paths.map((path) => join(embedded, ...formerFolders(path), "@hub.git"));
    return former.find((path) => existsSync(path)) ?? join(embedded, shortName(key), "hub.git");
  }

  /** Whether a hub is one that this host keeps for a project. */
  isEmbedded(hub: string): boolean {
    return hub.startsWith(join(this.directory, "embedded", "/"));
  }

  /** The file for the hub that was chosen for a project. */
  linkFile(key: string): string {
    return this.linkFileNamed(shortName(key));
  }

  linkFileNamed(name: string): string {
    return join(this.directory, "links", `${name}.json`);
  }

  /** What all projects' files for their hubs say. */
  linkTexts(): string[] {
    const links = join(this.directory, "links");
    return listNames(links).flatMap((name) =>
      name.endsWith(".json") ? (readText(join(links, name)) ?? []) : [],
    );
  }

  /** The choice that an older version stored for a path, if any. */
  formerLink(path: string): { readonly hub: string; forget(): void } | undefined {
    const file = join(this.directory, "links", ...formerFolders(path), "@link");
    const hub = readText(file);
    const forget = () => {
      unlink(file);
      removeEmptyParents(file);
    };
    return hub === undefined ? undefined : { hub, forget };
  }

  /** The directory of the projects that have a sign, such as a remote: one file for each, named like its link. */
  signDirectory(sign: string): string {
    return join(this.directory, "remotes", shortName(sign));
  }

  /** The first hub that was chosen on this host. */
  defaultHub(): string | undefined {
    return readText(join(this.directory, "default-hub"));
  }

  setDefaultHub(hub: string): void {
    if (this.defaultHub() !== hub) writeAtomically(join(this.directory, "default-hub"), hub);
  }

  forgetDefaultHub(): void {
    unlink(join(this.directory, "default-hub"));
  }

  /**
   * Every session that was registered in one project and one terminal. More than one means that the location does not
   * identify the session.
   */
  sessionsAt({ name, address }: HubName, project: string, terminal: string): SessionId[] {
    const former = [address, project, terminal].flatMap(formerFolders);
    const directories = [
      this.#identities(name, project, terminal),
      this.#identities(address, project, terminal),
      join(this.directory, "identities", ...former, "@sessions"),
    ];
    return [...new Set(directories.flatMap(listNames).filter(isSessionId))].sort();
  }

  rememberSession({ name }: HubName, project: string, terminal: string, session: SessionId): void {
    const directory = this.#identities(name, project, terminal);
    describe(directory, [name, project, terminal].join("\n"));
    writeAtomically(join(directory, session), "");
  }

  /** Notes that a session was registered from this host. */
  noteRegistered(hub: HubName, session: SessionId): void {
    if (!this.hasRegistered(hub, session)) writeAtomically(this.#registered(hub, session), "");
  }

  hasRegistered(hub: HubName, session: SessionId): boolean {
    return existsSync(this.#registered(hub, session));
  }

  #registered(hub: HubName, session: SessionId): string {
    return join(this.toolsDirectory(hub), "registered", session);
  }

  #identities(...location: string[]): string {
    return join(this.directory, "identities", shortName(location.join("\n")));
  }
}

const FORMER_HUB = "@hub";

/**
 * A folder name for any text: short on every file system, whatever the script and the length of the text, and the same
 * where names differ by case only.
 */
export function shortName(text: string): string {
  return hashOf(text.toWellFormed());
}

/** Says in a folder what it is for. */
export function describe(directory: string, key: string): void {
  const path = join(directory, KEY_FILE);
  if (!existsSync(path)) writeAtomically(path, key);
}
