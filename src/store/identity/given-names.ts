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

/** How long a process waits for another one that does the same. A hook has to end soon. */
const WAIT_MS = 2500;

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

  /** Gives a name to a tool's session. Its former owner, if any, has no name from now on. */
  give(tool: string, given: Given): void {
    const owner = this.ownerOf(given.session);
    writeAtomically(this.#path("by-name", given.session), tool);
    writeAtomically(this.#path("by-tool", tool), JSON.stringify(given));
    if (owner !== undefined && owner !== tool) this.forget(owner);
  }

  /** The tool's session that has a name, if any. */
  ownerOf(session: SessionId): string | undefined {
    const tool = readText(this.#path("by-name", session));
    return tool !== undefined && this.find(tool)?.session === session ? tool : undefined;
  }

  /**
   * Records the name that the user chose. The earlier name is kept until the hub has been told that it is gone, because
   * a session has one name.
   */
  choose(tool: string, session: SessionId): void {
    const before = this.find(tool);
    if (before?.session === session && before.registration === undefined) return;
    const instead = before !== undefined && before.session !== session ? before : before?.instead;
    this.give(tool, {
      session,
      registration: undefined,
      ...(instead === undefined || instead.session === session ? {} : { instead }),
    });
  }

  forget(tool: string): void {
    unlink(this.#path("by-tool", tool));
  }

  /** Moves the name of a session to the one that continues it. Only one session gets it. */
  move(tool: string, successor: string): void {
    try {
      renameSync(this.#path("by-tool", tool), this.#path("by-tool", successor));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
      throw error;
    }
    const given = this.find(successor);
    if (given !== undefined) writeAtomically(this.#path("by-name", given.session), successor);
  }

  /** Runs an action while no other process of this host does the same for the same session or name. */
  async alone<Value>(
    what: "registering" | "telling",
    whom: string,
    act: () => Promise<Value>,
  ): Promise<Value> {
    // Loaded here, because most hooks give no name.
    const { inTurn } = await import("./turn.ts");
    return inTurn(this.#path(what, whom), WAIT_MS, act);
  }

  /** The sessions that ended and of which the hub has not been told yet. */
  leaving(): string[] {
    const directory = join(this.#directory, "leaving");
    const names = listNames(directory).filter((name) => !name.endsWith(".tmp"));
    return names.flatMap((name) => readText(join(directory, name)) ?? []);
  }

  leave(tool: string): void {
    writeAtomically(this.#path("leaving", tool), tool);
  }

  /** The session goes on, or the hub has been told that it ended. */
  stay(tool: string): void {
    unlink(this.#path("leaving", tool));
  }

  /**
   * Runs the registration of a name while no other process of this host registers the same name. Undefined where another
   * one did not end within this time; with 0, nobody is waited for.
   */
  async taking<Value>(
    session: SessionId,
    milliseconds: number,
    act: () => Promise<Value>,
  ): Promise<{ readonly done: Value } | undefined> {
    const { inTurnWithin } = await import("./turn.ts");
    return inTurnWithin(this.#path("taking", session), milliseconds, act);
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

  #path(...names: string[]): string {
    return join(this.#directory, ...names.map(fileName));
  }
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
