import { OFFLINE } from "../../domain/sessions/presence.ts";
import { proposeProfile } from "../../domain/sessions/propose-profile.ts";
import { nextSessionName } from "../../domain/sessions/session-name.ts";
import type { Snapshot } from "../../domain/snapshot.ts";
import type { SessionId, Ulid } from "../../domain/values/ids.ts";
import type { Identity } from "../../store/identity/identity.ts";
import type { Hive } from "../hive/hive.ts";
import type { ToolSession } from "./tool-session.ts";

/** What has to be read of the hub for a session to take part. */
export const REGISTER_PARTS = ["settings", "taxonomy", "sessions", "heartbeats"] as const;

type State = Pick<Snapshot, (typeof REGISTER_PARTS)[number]>;

/** A session that takes part. */
export interface Member {
  readonly session: SessionId;
  readonly registration: Ulid | undefined;
  /** It got its name, or another one, just now. */
  readonly isNew: boolean;
}

/** So many names are tried before it is left for the next event. */
const MOST_TRIES = 20;

/**
 * Who a coding tool's session is in the hub. One that is nobody yet is registered under the next free name, or under
 * the one its user chose; so is one whose name has gone to another host, which was faster. Undefined where the hub
 * takes no registration.
 */
export async function registerToolSession(
  toolSession: ToolSession,
  hive: Hive,
  state: State,
  continues: boolean,
): Promise<Member | undefined> {
  const left = continues
    ? toolSession.names.takeLeft(toolSession.project, toolSession.world.now())
    : undefined;
  if (left) toolSession.names.give(toolSession.tool, left);
  const known = toolSession.identity();
  if (known === undefined) return giveName(toolSession, hive, state);
  await leaveFormer(toolSession, hive);
  const { session, registration } = known;
  const member = { session, registration, isNew: false };
  if (isHeld(known, state)) return member;
  const own = (await hive.outbox.list()).waiting.filter((each) => each.session === session);
  const isWaiting = own.some(
    ({ op, kind, state }) =>
      kind === "register" && op === (registration ?? op) && state !== "refused by the rules",
  );
  if (isWaiting) return member;
  // It may have landed between the two looks: it is in the hub before it leaves the outbox.
  const { state: newest } = await hive.recall(REGISTER_PARTS);
  if (isHeld(known, newest)) return member;
  if (registration === undefined) return registerAs(toolSession, hive, newest, session);
  toolSession.names.forget(toolSession.tool);
  // What was refused with the name is told to the session by its new name; nobody has to look at it in the outbox.
  for (const { op, state } of own) if (state === "refused by the rules") await hive.outbox.drop(op);
  return giveName(toolSession, hive, newest);
}

/** Whether the hub has a name for whom it was given to on this host. */
function isHeld({ session, registration }: Identity, { sessions }: State): boolean {
  const profile = sessions.get(session);
  return profile !== undefined && (registration === undefined || profile.registration === registration);
}

/** A name that was given before the user chose another one is gone for everybody. */
async function leaveFormer({ names, tool }: ToolSession, hive: Hive): Promise<void> {
  const chosen = names.find(tool);
  if (chosen?.instead === undefined) return;
  const { session, registration } = chosen.instead;
  await hive.submit("heartbeat", { status: OFFLINE }, session, registration);
  names.give(tool, { session: chosen.session, registration: chosen.registration });
}

/** While a hub is away, signs of life do not pile up. */
const MOST_WAITING = 20;

/** A sign of life, with this host's next push. */
export async function sendHeartbeat(
  hive: Hive,
  { session, registration }: Pick<Member, "session" | "registration">,
): Promise<void> {
  const { waiting } = await hive.outbox.list();
  if (waiting.length < MOST_WAITING) await hive.submit("heartbeat", {}, session, registration);
}

/** Says that a session is there: at once where it had said that it leaves, else with this host's next push. */
export async function returnFromSilence(
  hive: Hive,
  state: State,
  { session, registration }: Member,
): Promise<void> {
  const hasLeft = [state.sessions.get(session), state.heartbeats.get(session)].some(
    (each) => each?.status === OFFLINE,
  );
  if (hasLeft) await hive.submit("heartbeat", { status: "active" }, session, registration);
  else await sendHeartbeat(hive, { session, registration });
}

async function giveName(toolSession: ToolSession, hive: Hive, state: State): Promise<Member | undefined> {
  const { names, tool } = toolSession;
  const { specialty, ...input } = await proposal(toolSession, state);
  const refused: SessionId[] = [];
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const taken = [...state.sessions.keys(), ...names.reserved(), ...refused];
    const session = nextSessionName(taken, specialty);
    refused.push(session);
    if (!names.reserve(session)) continue;
    const done = await hive.submit("register", { ...input, fresh: true }, session);
    if (done.kind === "refusal" && done.code === "name_taken") continue;
    if (done.kind === "refusal") return undefined;
    const given = { session, registration: done.op };
    names.give(tool, given);
    return { ...given, isNew: true };
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

/** What a session does, as far as anybody can tell before it was told anything. */
export function proposedRole(projectName: string): string {
  const name = [...projectName].filter((character) => /[\p{L}\p{N}._ -]/u.test(character)).join("");
  return `Works on ${name.slice(0, 80) || "a project"}`;
}
