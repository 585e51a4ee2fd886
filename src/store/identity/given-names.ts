import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SessionId, Ulid } from "../../domain/values/ids.ts";
import { isSessionId } from "../../domain/values/session-id.ts";
import { fileName, listNames, makeDirectory, readText, unlink, writeAtomically } from "../host/files.ts";
import type { Host, HubName } from "../host/state-directory.ts";

/** The name of a coding tool's session in one hub, in every directory. */
export interface Given {
  readonly session: SessionId;
  /** The registration that reserved the name; undefined when the user chose the name. */
  readonly registration: Ulid | undefined;
  /** The name that was assigned before the user chose one, until the hub has been told that it is gone. */
  readonly instead?: Given | undefined;
}

/** How long a name from a cleared conversation stays available to the conversation that follows. */
const CLEARED_NAME_MS = 15_000;

/**
 * The names of coding tools' sessions on this host in one hub. Each fact has its own small file, so that concurrent
 * writes do not conflict.
 */
export class GivenNames {
  readonly #directory: string;

  constructor(host: Host, hub: HubName) {
    this.#directory = host.toolsDirectory(hub);
  }

  find(tool: string): Given | undefined {
    return parse(readText(this.#path("by-tool", tool)));
  }

  give(tool: string, given: Given): void {
    writeAtomically(this.#path("by-tool", tool), JSON.stringify(given));
  }

  /**
   * Records the name that the user chose. An earlier assigned name is kept until the hub has been told that it is
   * gone.
   */
  choose(tool: string, session: SessionId): void {
    const before = this.find(tool);
    const wasGiven = before?.registration !== undefined && before.session !== session;
    const instead = wasGiven ? before : before?.instead;
    this.give(tool, { session, registration: undefined, ...(instead === undefined ? {} : { instead }) });
  }

  forget(tool: string): void {
    unlink(this.#path("by-tool", tool));
  }

  /** Reserves a name for one session of this host. Returns false when another session was faster. */
  reserve(session: SessionId): boolean {
    const path = join(this.#directory, "names", session);
    makeDirectory(join(this.#directory, "names"));
    try {
      writeFileSync(path, "", { flag: "wx", mode: 0o600 });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
      throw error;
    }
  }

  /** Every name that was ever reserved here, whether the hub has it or not. */
  reserved(): SessionId[] {
    return listNames(join(this.#directory, "names")).filter(isSessionId);
  }

  /** Records that a conversation was cleared, so that the tool's next conversation in this project keeps its name. */
  leave(tool: string, project: string, given: Given, now: number): void {
    this.forget(tool);
    writeAtomically(this.#path("cleared", project, tool), JSON.stringify({ ...given, now }));
  }

  /**
   * Takes the name that was recently left in a project. Undefined when no name was left, and when several were,
   * because sessions are never distinguished by guessing.
   */
  takeLeft(project: string, now: number): Given | undefined {
    const directory = this.#path("cleared", project);
    const names = listNames(directory);
    const [name, second] = names.filter((each) => isRecent(readText(join(directory, each)), now));
    if (name === undefined || second !== undefined) return undefined;
    const taken = join(this.#directory, `taken-${name}`);
    try {
      renameSync(join(directory, name), taken);
    } catch {
      return undefined;
    }
    const given = parse(readText(taken));
    unlink(taken);
    return given;
  }

  #path(...names: string[]): string {
    return join(this.#directory, ...names.map(fileName));
  }
}

function isRecent(text: string | undefined, now: number): boolean {
  const { now: then } = read(text) as { now?: number };
  return typeof then === "number" && Math.abs(now - then) < CLEARED_NAME_MS;
}

/** Only this host's user writes these files. An unreadable file counts as missing. */
function parse(text: string | undefined): Given | undefined {
  return givenIn(read(text));
}

function givenIn(value: object): Given | undefined {
  const { session, registration, instead } = value as Readonly<Record<string, unknown>>;
  if (typeof session !== "string" || !isSessionId(session)) return undefined;
  const before = typeof instead === "object" && instead !== null ? givenIn(instead) : undefined;
  return {
    session,
    registration: typeof registration === "string" ? (registration as Ulid) : undefined,
    ...(before === undefined ? {} : { instead: before }),
  };
}

function read(text: string | undefined): object {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
