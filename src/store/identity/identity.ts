import type { SessionId, Ulid } from "../../domain/values/ids.ts";
import { isSessionId } from "../../domain/values/session-id.ts";
import { HiveError } from "../../errors.ts";
import { projectOf } from "../checkout/checkout.ts";
import type { Environment } from "../host/environment.ts";
import type { Host, HubName } from "../host/state-directory.ts";
import { GivenNames } from "./given-names.ts";
import { terminalSession, toolSession } from "./terminal.ts";

/** The session that acts, and the source of that knowledge. */
export interface Identity {
  readonly session: SessionId;
  readonly source: "--as" | "HIVE_SESSION" | "registered here" | "this tool's session";
  /** The registration of the name, when the name was assigned and not chosen. */
  readonly registration?: Ulid | undefined;
}

/**
 * Finds the session that acts: `--as`, else `HIVE_SESSION`, else the only session registered from this project in
 * this terminal session, else the session of this coding tool. Two sessions registered at the same location are never
 * distinguished by guessing. Throws HiveError.
 */
export function findIdentity(
  option: string | undefined,
  hub: HubName,
  environment: Environment,
  host: Host,
  directory: string,
): Identity {
  if (option !== undefined) return { session: parseSession(option), source: "--as" };
  if (environment.HIVE_SESSION)
    return { session: parseSession(environment.HIVE_SESSION), source: "HIVE_SESSION" };
  const terminal = terminalSession(environment);
  const [session, second] =
    terminal === undefined ? [] : host.sessionsAt(hub, projectOf(directory), terminal);
  if (session !== undefined && second === undefined) return { session, source: "registered here" };
  const tool = toolSession(environment);
  const given =
    session === undefined && tool !== undefined ? new GivenNames(host, hub).find(tool) : undefined;
  if (given !== undefined)
    return { session: given.session, registration: given.registration, source: "this tool's session" };
  throw new HiveError(
    session === undefined ? "no_identity" : "ambiguous_identity",
    session === undefined
      ? "The session is not known: none was registered from this project in this terminal."
      : `The session is not known: ${session} and ${second} were both registered from this project in this terminal.`,
    session === undefined
      ? "Name the session: --as <session>, or HIVE_SESSION=<session>. Or register one here: hive register <session>"
      : `Name the session: --as ${session}, or HIVE_SESSION=${session}`,
    { failure: "usage" },
  );
}

/** Makes a session the acting session at this location. */
export function rememberIdentity(
  session: SessionId,
  hub: HubName,
  environment: Environment,
  host: Host,
  directory: string,
): void {
  const terminal = terminalSession(environment);
  if (terminal !== undefined) host.rememberSession(hub, projectOf(directory), terminal, session);
  const tool = toolSession(environment);
  if (tool !== undefined) new GivenNames(host, hub).choose(tool, session);
}

/** Parses a session id that the user entered. Throws HiveError. */
export function parseSession(text: string): SessionId {
  if (isSessionId(text)) return text;
  throw new HiveError(
    "bad_session",
    `${JSON.stringify(text.slice(0, 80))} is not a session id.`,
    "A session id has 2 to 64 lower-case letters, digits and single hyphens, for example: session-1-dashboard",
    { failure: "usage" },
  );
}
