import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { SessionId } from "../../domain/values/ids.ts";
import { isSessionId } from "../../domain/values/session-id.ts";
import type { Environment } from "./environment.ts";
import { readText, writeAtomically } from "./files.ts";

/**
 * The state directory of this host. Two state directories behave as two hosts. Each fact has its own small file, so
 * that concurrent writes do not conflict.
 */
export class Host {
  readonly directory: string;

  constructor(environment: Environment, home: string) {
    const chosen = environment.HIVE_STATE_DIR;
    const base = environment.XDG_STATE_HOME || join(home, ".local", "state");
    this.directory = chosen ? resolve(chosen) : join(base, "git-hive");
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

  /** The directory for the files of one hub. */
  hubDirectory(key: string): string {
    return join(this.directory, "hubs", ...folders(key), "@hub");
  }

  /** The directory for what is known of coding tools' sessions in one hub. */
  toolsDirectory(key: string): string {
    return join(this.directory, "tools", ...folders(key), "@tools");
  }

  /** The directory of heartbeat files, one for each session of a coding tool, which a shell can check. */
  get beatsDirectory(): string {
    return join(this.directory, "beats");
  }

  /** The file that stores a user's file as it was before git-hive changed it. */
  keptFile(path: string): string {
    return join(this.directory, "kept", ...folders(path), "@kept");
  }

  /** The embedded hub of a project. */
  embeddedHub(project: string): string {
    return join(this.directory, "embedded", ...folders(project), "@hub.git");
  }

  /** The hub that was chosen for a project, if any. */
  linkOf(project: string): string | undefined {
    return readText(this.#link(project));
  }

  /** Chooses the hub of a project. The first hub chosen on a host also becomes its default. */
  link(project: string, hub: string): void {
    writeAtomically(this.#link(project), hub);
    if (this.defaultHub() === undefined) writeAtomically(join(this.directory, "default-hub"), hub);
  }

  defaultHub(): string | undefined {
    return readText(join(this.directory, "default-hub"));
  }

  /**
   * Every session that was registered at a location. More than one means that the location does not identify the
   * session.
   */
  sessionsAt(location: readonly string[]): SessionId[] {
    const directory = this.#identities(location);
    return existsSync(directory) ? readdirSync(directory).filter(isSessionId).sort() : [];
  }

  rememberSession(location: readonly string[], session: SessionId): void {
    writeAtomically(join(this.#identities(location), session), "");
  }

  #link(project: string): string {
    return join(this.directory, "links", ...folders(project), "@link");
  }

  #identities(location: readonly string[]): string {
    return join(this.directory, "identities", ...location.flatMap(folders), "@sessions");
  }
}

/**
 * Encodes an absolute path or a URL as folder names that are safe on any file system and never leave their parent.
 * Encoded names have no `@`, so files beside deeper folders have names that start with `@`.
 */
function folders(text: string): string[] {
  return text
    .toWellFormed()
    .split("/")
    .filter((part) => part !== "")
    .map((part) => encodeURIComponent(part).replaceAll("*", "%2A"))
    .map((part) => part.replace(/^\.+$/, (dots) => "%2E".repeat(dots.length)));
}
