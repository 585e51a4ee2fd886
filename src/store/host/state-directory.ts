import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { SessionId } from "../../domain/values/ids.ts";
import { isSessionId } from "../../domain/values/session-id.ts";
import type { Environment } from "./environment.ts";
import { readText, writeAtomically } from "./files.ts";

/** What this host remembers: two state directories behave as two hosts. One small file a fact, so nothing races. */
export class Host {
  readonly directory: string;

  constructor(environment: Environment, home: string) {
    const chosen = environment.HIVE_STATE_DIR;
    const base = environment.XDG_STATE_HOME || join(home, ".local", "state");
    this.directory = chosen ? resolve(chosen) : join(base, "git-hive");
  }

  /** What this host is called among the hosts of a hub: random, made when it is first needed. */
  id(random: () => number): string {
    const path = join(this.directory, "host-id");
    const known = readText(path);
    if (known !== undefined && /^[a-z0-9]{16}$/.test(known)) return known;
    const made = Array.from({ length: 16 }, () => Math.floor(random() * 36).toString(36)).join("");
    writeAtomically(path, made);
    return made;
  }

  /** Where this host keeps what belongs to one hub. */
  hubDirectory(key: string): string {
    return join(this.directory, "hubs", ...folders(key), "@hub");
  }

  /** Where this host keeps what it knows of coding tools' sessions in one hub. */
  toolsDirectory(key: string): string {
    return join(this.directory, "tools", ...folders(key), "@tools");
  }

  /** Where the sign of life of each coding tool's session is noted, for a shell to look at. */
  get beatsDirectory(): string {
    return join(this.directory, "beats");
  }

  /** Where this host keeps what a user's file was before it was changed. */
  keptFile(path: string): string {
    return join(this.directory, "kept", ...folders(path), "@kept");
  }

  /** Where the embedded hub of a project lies. */
  embeddedHub(project: string): string {
    return join(this.directory, "embedded", ...folders(project), "@hub.git");
  }

  /** The hub that was chosen for a project, if any. */
  linkOf(project: string): string | undefined {
    return readText(this.#link(project));
  }

  /** Chooses the hub of a project; the first one chosen on a host is its default too. */
  link(project: string, hub: string): void {
    writeAtomically(this.#link(project), hub);
    if (this.defaultHub() === undefined) writeAtomically(join(this.directory, "default-hub"), hub);
  }

  defaultHub(): string | undefined {
    return readText(join(this.directory, "default-hub"));
  }

  /** Every session that was registered from one place: more than one means that the place does not tell who acts. */
  sessionsAt(place: readonly string[]): SessionId[] {
    const directory = this.#identities(place);
    return existsSync(directory) ? readdirSync(directory).filter(isSessionId).sort() : [];
  }

  rememberSession(place: readonly string[], session: SessionId): void {
    writeAtomically(join(this.#identities(place), session), "");
  }

  #link(project: string): string {
    return join(this.directory, "links", ...folders(project), "@link");
  }

  #identities(place: readonly string[]): string {
    return join(this.directory, "identities", ...place.flatMap(folders), "@sessions");
  }
}

/**
 * An absolute path or a URL as folders that are safe on any file system and never leave their parent. An encoded
 * name has no `@`, so what lies beside deeper folders starts with one.
 */
function folders(text: string): string[] {
  return text
    .toWellFormed()
    .split("/")
    .filter((part) => part !== "")
    .map((part) => encodeURIComponent(part).replaceAll("*", "%2A"))
    .map((part) => part.replace(/^\.+$/, (dots) => "%2E".repeat(dots.length)));
}
