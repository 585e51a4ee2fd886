import type { SessionId, Ulid } from "../../domain/values/ids.ts";
import { isSessionId } from "../../domain/values/session-id.ts";
import { HiveError } from "../../errors.ts";
import { projectOf } from "../checkout/checkout.ts";
import type { Environment } from "../host/environment.ts";
import type { Host } from "../host/state-directory.ts";
import { GivenNames } from "./given-names.ts";
import { terminalSession, toolSession } from "./terminal.ts";

/** Who acts, and how that is known. */
export interface Identity {
  readonly session: SessionId;
  readonly source: "--as" | "HIVE_SESSION" | "registered here" | "this tool's session";
  /** The registration it counts on, where the name was given and not chosen. */
  readonly registration?: Ulid | undefined;
}

/** Where a registration holds: one hub, one project, one terminal session. Undefined where terminals can't be told apart. */
function placeOf(hubKey: string, environment: Environment, directory: string): string[] | undefined {
  const terminal = terminalSession(environment);
  return terminal === undefined ? undefined : [hubKey, projectOf(directory), terminal];
}

/**
 * Who acts: `--as`, else `HIVE_SESSION`, else the one session that was registered from this project in this
 * terminal session, else the one that this coding tool's session is. Two registered from the same place are never told apart by guessing. Throws HiveError.
 */
export function findIdentity(
  told: string | undefined,
  hubKey: string,
  environment: Environment,
  host: Host,
  directory: string,
): Identity {
  if (told !== undefined) return { session: parseSession(told), source: "--as" };
  if (environment.HIVE_SESSION)
    return { session: parseSession(environment.HIVE_SESSION), source: "HIVE_SESSION" };
  const place = placeOf(hubKey, environment, directory);
  const [session, second] = place ? host.sessionsAt(place) : [];
  if (session !== undefined && second === undefined) return { session, source: "registered here" };
  const tool = toolSession(environment);
  const given =
    session === undefined && tool !== undefined ? new GivenNames(host, hubKey).find(tool) : undefined;
  if (given !== undefined)
    return { session: given.session, registration: given.registration, source: "this tool's session" };
  throw new HiveError(
    session === undefined ? "no_identity" : "ambiguous_identity",
    session === undefined
      ? "Who acts is not known: no session was registered from this project in this terminal."
      : `Who acts is not known: ${session} and ${second} were both registered from this project in this terminal.`,
    session === undefined
      ? "Say it: --as <session>, or HIVE_SESSION=<session>, or register here: hive register <session>"
      : `Say it: --as ${session}, or HIVE_SESSION=${session}`,
    { failure: "usage" },
  );
}

/** Makes a session the one that acts from here. */
export function rememberIdentity(
  session: SessionId,
  hubKey: string,
  environment: Environment,
  host: Host,
  directory: string,
): void {
  const place = placeOf(hubKey, environment, directory);
  if (place) host.rememberSession(place, session);
  const tool = toolSession(environment);
  if (tool !== undefined) new GivenNames(host, hubKey).choose(tool, session);
}

/** Reads a session id that a user gave. Throws HiveError. */
export function parseSession(text: string): SessionId {
  if (isSessionId(text)) return text;
  throw new HiveError(
    "bad_session",
    `${JSON.stringify(text.slice(0, 80))} is no session id.`,
    "A session id is 2 to 64 lower-case letters, digits and single hyphens, as session-1-dashboard.",
    { failure: "usage" },
  );
}
