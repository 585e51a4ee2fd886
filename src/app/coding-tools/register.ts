import { OFFLINE } from "../../domain/sessions/presence.ts";
import { proposeProfile } from "../../domain/sessions/propose-profile.ts";
import { retiredSession } from "../../domain/sessions/retired.ts";
import { nextSessionName } from "../../domain/sessions/session-name.ts";
import type { Snapshot } from "../../domain/snapshot.ts";
import type { SessionId, Ulid } from "../../domain/values/ids.ts";
import type { GivenNames } from "../../store/identity/given-names.ts";
import type { Identity } from "../../store/identity/identity.ts";
import type { Hive } from "../hive/hive.ts";
import type { ToolSession } from "./tool-session.ts";

/** The parts of the hub that registering a session needs. */
export const REGISTER_PARTS = ["settings", "taxonomy", "sessions", "heartbeats"] as const;

type State = Pick<Snapshot, (typeof REGISTER_PARTS)[number]>;

/** A registered session of a coding tool. */
export interface Member {
  readonly session: SessionId;
  readonly registration: Ulid | undefined;
  /** It was registered just now, under a new or another name. */
  readonly isNew: boolean;
}

/** How many names one event tries. The next event tries again. */
const MAX_NAME_TRIES = 20;

/**
 * Returns the hub session of a coding tool's session. A new session is registered under the next free name, or under
 * the name that the user chose. A session whose name another host registered first gets a new name. Undefined where the
 * hub refuses the registration.
 */
export async function registerToolSession(
  toolSession: ToolSession,
  hive: Hive,
  state: State,
): Promise<Member | undefined> {
  const { names, tool } = toolSession;
  const known = toolSession.identity();
  const isSettled = known !== undefined && holdsName(known, state) && names.find(tool)?.instead === undefined;
  if (isSettled) return { session: known.session, registration: known.registration, isNew: false };
  // Tools start several hooks of one event at once. Only one of them registers, and the others read the name.
  return names.alone("registering", tool, () => registerAlone(toolSession, hive, state));
}

async function registerAlone(
  toolSession: ToolSession,
  hive: Hive,
  state: State,
): Promise<Member | undefined> {
  toolSession.takeName();
  const known = toolSession.identity();
  if (known === undefined) return registerUnderNewName(toolSession, hive, state);
  await leaveFormerName(toolSession.names, toolSession.tool, hive);
  const { session, registration } = known;
  const member = { session, registration, isNew: false };
  if (holdsName(known, state)) return member;
  const own = (await hive.outbox.list()).waiting.filter((each) => each.session === session);
  const isWaiting = own.some(
    ({ op, kind, state }) =>
      kind === "register" && op === (registration ?? op) && state !== "refused by the rules",
  );
  if (isWaiting) return member;
  // The registration may have landed between the two reads: it is in the hub before it leaves the outbox.
  const { state: newest } = await hive.recall(REGISTER_PARTS);
  if (holdsName(known, newest)) return member;
  if (registration === undefined) return registerAs(toolSession, hive, newest, session);
  if (await wasRetired(hive, known)) {
    // It returns under its name, by its registration.
    const isReturning = own.some(
      ({ kind, state }) => kind === "register" && state !== "refused by the rules",
    );
    const { specialty: _, ...input } = await proposal(toolSession, newest);
    if (!isReturning) await hive.submit("register", input, session, registration);
    return member;
  }
  toolSession.names.forget(toolSession.tool);
  // The rules refused operations under the old name. The session learns that from its new name, so they are dropped.
  for (const { op, state } of own) if (state === "refused by the rules") await hive.outbox.drop(op);
  return registerUnderNewName(toolSession, hive, newest);
}

/** Whether the name in the hub belongs to the registration of this host. */
export function holdsName(
  { session, registration }: Identity,
  { sessions }: Pick<State, "sessions">,
): boolean {
  const profile = sessions.get(session);
  return profile !== undefined && (registration === undefined || profile.registration === registration);
}

/** Whether a session was retired while it was away, and may return by its registration. */
async function wasRetired(hive: Hive, { session, registration }: Identity): Promise<boolean> {
  const { state } = await hive.recall(["retired"]);
  const retired = retiredSession(state.retired, session);
  return retired !== undefined && retired.registration === registration;
}

/** Marks the former name offline after the user chose another name for the session. */
export async function leaveFormerName(names: GivenNames, tool: string, hive: Hive): Promise<void> {
  const chosen = names.find(tool);
  if (chosen?.instead === undefined) return;
  const { session, registration } = chosen.instead;
  await hive.submit("heartbeat", { status: OFFLINE }, session, registration);
  names.give(tool, { session: chosen.session, registration: chosen.registration });
}

/** With this many operations in the outbox, heartbeats are not queued, so that they do not pile up while the hub is unreachable. */
const MAX_WAITING = 20;

/** Queues a heartbeat for this host's next push; `worked` after the session used a tool. */
async function sendHeartbeat(
  hive: Hive,
  { session, registration }: Pick<Member, "session" | "registration">,
  worked?: true,
): Promise<void> {
  const { waiting } = await hive.outbox.list();
  if (waiting.length < MAX_WAITING) await hive.submit("heartbeat", { worked }, session, registration);
}

/**
 * Reports that a session is online: at once where its status is offline, else with this host's next push; `worked` after
 * the session used a tool.
 */
export async function reportOnline(
  hive: Hive,
  state: Pick<State, "sessions" | "heartbeats">,
  { session, registration }: Pick<Member, "session" | "registration">,
  worked?: true,
): Promise<void> {
  if (hasLeft(state, session))
    await hive.submit("heartbeat", { status: "active", worked }, session, registration);
  else await sendHeartbeat(hive, { session, registration }, worked);
}

/** Whether a session's status is offline. */
export function hasLeft(state: Pick<State, "sessions" | "heartbeats">, session: SessionId): boolean {
  return [state.sessions.get(session), state.heartbeats.get(session)].some(
    (each) => each?.status === OFFLINE,
  );
}

async function registerUnderNewName(
  toolSession: ToolSession,
  hive: Hive,
  state: State,
): Promise<Member | undefined> {
  const { names, tool } = toolSession;
  const { specialty, ...input } = await proposal(toolSession, state);
  const { state: known } = await hive.recall(["retired"]);
  const refused: SessionId[] = [...(Object.keys(known.retired.sessions) as SessionId[])];
  for (let tries = 0; tries < MAX_NAME_TRIES; tries++) {
    const taken = [...state.sessions.keys(), ...names.reserved(), ...refused];
    const session = nextSessionName(taken, specialty);
    refused.push(session);
    if (!names.reserve(session)) continue;
    // A command may be registering the same name for another session.
    const turn = await names.taking(session, 0, async () => {
      const done = await hive.submit("register", { ...input, fresh: true }, session);
      if (done.kind !== "refusal") names.give(tool, { session, registration: done.op });
      return done;
    });
    const done = turn?.done;
    if (done === undefined || (done.kind === "refusal" && done.code === "name_taken")) continue;
    return done.kind === "refusal" ? undefined : { session, registration: done.op, isNew: true };
  }
  return undefined;
}

async function registerAs(
  toolSession: ToolSession,
  hive: Hive,
  state: State,
  session: SessionId,
): Promise<Member | undefined> {
  const { specialty: _, ...input } = await proposal(toolSession, state);
  const done = await hive.submit("register", input, session);
  return done.kind === "refusal" ? undefined : { session, registration: undefined, isNew: true };
}

async function proposal(toolSession: ToolSession, state: State) {
  const { specialty, skills } = proposeProfile(await toolSession.signs(), state.taxonomy);
  return { specialty, skills: [...skills], role: proposedRole(toolSession.projectName) };
}

/** Returns the role of a session that has no task yet. */
export function proposedRole(projectName: string): string {
  const name = [...projectName].filter((character) => /[\p{L}\p{N}._ -]/u.test(character)).join("");
  return `Works on ${name.slice(0, 80) || "a project"}`;
}
