import { hintForName } from "../../domain/sessions/name-hint.ts";
import type { SessionId, Ulid } from "../../domain/values/ids.ts";
import { isSessionId } from "../../domain/values/session-id.ts";
import { HiveError } from "../../errors.ts";
import { projectOf } from "../checkout/checkout.ts";
import type { Host, HubName } from "../host/state-directory.ts";
import { actingTools, type Caller } from "./acting-tool.ts";
import { GivenNames } from "./given-names.ts";
import { isRunning } from "./running.ts";
import { terminalSession, toolSession } from "./terminal.ts";

/** The session that acts, and the source of that knowledge. */
export interface Identity {
  readonly session: SessionId;
  readonly source: "--as" | "HIVE_SESSION" | "registered here" | "this tool's session";
  /** The registration of the name, when the name was assigned and not chosen. */
  readonly registration?: Ulid | undefined;
}

/**
 * Finds the session that acts: `--as`, else `HIVE_SESSION`, else the session of the coding tool that this process
 * descends from, else the only session registered from this project in this terminal. Two sessions are never
 * distinguished by guessing. Throws HiveError.
 */
export function findIdentity(
  option: string | undefined,
  hub: HubName,
  caller: Caller,
  host: Host,
  directory: string,
): Identity {
  if (option !== undefined) return { session: parseSession(option), source: "--as" };
  const { env } = caller;
  if (env.HIVE_SESSION) return { session: parseSession(env.HIVE_SESSION), source: "HIVE_SESSION" };
  const tools = actingTools(caller, host);
  const names = new GivenNames(host, hub);
  const given = tools.flatMap((tool) => names.find(tool) ?? []);
  const terminal = terminalSession(env);
  const here = terminal === undefined ? [] : host.sessionsAt(hub, projectOf(directory), terminal);
  const [one, another] = given;
  if (one !== undefined && another === undefined) {
    const source = here.includes(one.session) ? "registered here" : "this tool's session";
    return { session: one.session, registration: one.registration, source };
  }
  // What was registered in the terminal around a coding tool is not the tool's session.
  const isOfTerminal = tools.length === 0 || toolSession(env) !== undefined;
  const [session, second] = one !== undefined ? given.map((each) => each.session) : isOfTerminal ? here : [];
  if (session !== undefined && second === undefined) return { session, source: "registered here" };
  const why = session === undefined ? host.unreadable(FOLDERS, [host.hubDirectory(hub.address)]) : undefined;
  throw why ?? unknownIdentity(session, second);
}

/** The folders of the state directory that tell who acts. */
const FOLDERS = ["hubs", "identities", "tools"] as const;

function unknownIdentity(session: SessionId | undefined, second: SessionId | undefined): HiveError {
  if (session === undefined)
    return new HiveError(
      "no_identity",
      "The session is not known: none was registered from this project in this terminal.",
      "Name the session: --as <session>, or HIVE_SESSION=<session>. Or register one here: hive register <session>",
      { failure: "usage" },
    );
  return new HiveError(
    "ambiguous_identity",
    `The session is not known: ${session} and ${second} were both registered from this project in this terminal.`,
    `Name the session: --as ${session}, or HIVE_SESSION=${session}`,
    { failure: "usage" },
  );
}

/** Makes a session the acting session at this location. */
export function rememberIdentity(
  session: SessionId,
  hub: HubName,
  caller: Caller,
  host: Host,
  directory: string,
): void {
  host.noteRegistered(hub, session);
  const tools = actingTools(caller, host);
  const [tool, second] = tools;
  if (tool !== undefined && second === undefined) new GivenNames(host, hub).choose(tool, session);
  if (tool !== undefined && toolSession(caller.env) === undefined) return;
  const terminal = terminalSession(caller.env);
  if (terminal !== undefined) host.rememberSession(hub, projectOf(directory), terminal, session);
}

/** How long a command waits for another one that registers the same name. That may wait for a slow hub. */
const TAKING_MS = 10_000;

/** Who registers a name, where, and whether it may be taken from a session that runs. */
export interface Taking {
  readonly hub: HubName;
  readonly host: Host;
  readonly caller: Caller;
  readonly now: number;
  readonly takesOver: boolean;
}

/**
 * Runs the registration of a name for the session that acts. Throws HiveError, and runs nothing, where another running
 * session of a coding tool on this host has the name or is getting it. A name whose session is dead or has ended is free
 * to take.
 */
export async function takeName<Value>(
  session: SessionId,
  { hub, host, caller, now, takesOver }: Taking,
  register: () => Promise<Value>,
): Promise<Value> {
  const tools = actingTools(caller, host);
  const names = new GivenNames(host, hub);
  const refuseOthers = () => {
    const owner = names.ownerOf(session);
    if (!takesOver && owner !== undefined && !tools.includes(owner) && isRunning(host, owner, now))
      throw nameInUse(session, "runs");
  };
  if (tools.length === 0) {
    refuseOthers();
    return register();
  }
  const taken = await names.taking(session, TAKING_MS, () => {
    refuseOthers();
    return register();
  });
  if (taken === undefined) throw nameInUse(session, "is being registered");
  return taken.done;
}

function nameInUse(session: SessionId, how: string): HiveError {
  return new HiveError(
    "name_in_use",
    `Another session on this host ${how} under the name ${session}.`,
    `Choose another name: hive register <session>. Or take this one over: hive register ${session} --take-over`,
    { failure: "usage" },
  );
}

/**
 * Throws HiveError for the name of another session of a coding tool that runs on this host, where it is known which
 * session acts. Where it is not known, the name may be its own.
 */
export function refuseNameOfAnother(
  session: SessionId,
  { hub, host, caller, now }: Omit<Taking, "takesOver">,
): void {
  const names = new GivenNames(host, hub);
  const tools = actingTools(caller, host);
  const [own] = tools.flatMap((tool) => names.find(tool) ?? []);
  const owner = names.ownerOf(session);
  if (own === undefined || owner === undefined || tools.includes(owner) || !isRunning(host, owner, now))
    return;
  throw new HiveError(
    "name_in_use",
    `${session} is another session, which runs on this host. You are ${own.session}.`,
    "Leave your name out, or give your own.",
    { failure: "usage" },
  );
}

/** Whether a session was registered from this host, in a terminal or by a coding tool. */
export function isOwnName(session: SessionId, hub: HubName, host: Host): boolean {
  return host.hasRegistered(hub, session) || new GivenNames(host, hub).ownerOf(session) !== undefined;
}

/** Parses a session id that the user entered. Throws HiveError. */
export function parseSession(text: string): SessionId {
  if (isSessionId(text)) return text;
  throw new HiveError(
    "bad_session",
    `${JSON.stringify(text.slice(0, 80))} is not a session id.`,
    hintForName(text),
    { failure: "usage" },
  );
}
