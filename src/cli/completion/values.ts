import type { Workplace } from "../../app/workplace/workplace.ts";
import { sortClaims } from "../../domain/claims/overlap.ts";
import { TOOL_NAMES } from "../../domain/coding-tools/table.ts";
import { inbox } from "../../domain/inbox/inbox.ts";
import { joinReceipt } from "../../domain/inbox/read-marks.ts";
import { OPERATIONS } from "../../domain/operations.ts";
import { legalMoves, MOVES } from "../../domain/requests/moves.ts";
import { sync } from "../../domain/sessions/overview.ts";
import { State } from "../../domain/sessions/session.ts";
import { offeredBy } from "../../domain/sessions/skill.ts";
import type { Snapshot } from "../../domain/snapshot.ts";
import { toInstant } from "../../domain/values/time.ts";
import { isTopic } from "../../domain/values/topic.ts";
import { firstLine } from "../../domain/values/visible.ts";
import { HiveError } from "../../errors.ts";
import type { HubOptions } from "../../hub-options.ts";
import type { Context } from "../command.ts";
import { OUTPUT_FORMATS } from "../input/options.ts";
import type { CompletionCandidate, FindValues } from "./candidates.ts";
import { SCRIPTS } from "./scripts.ts";

const URGENCIES = ["normal", "high", "urgent"];

const STATES = State.options;

const AWAITED = ["request", "message"];

/** Placeholders with the same values everywhere. */
const FIXED: Readonly<Record<string, readonly string[]>> = {
  urgency: URGENCIES,
  priority: URGENCIES,
  status: STATES,
  state: STATES,
  intent: ["inform", "ask", "ack"],
  shell: Object.keys(SCRIPTS),
  tool: TOOL_NAMES,
  kind: Object.keys(OPERATIONS),
  format: OUTPUT_FORMATS,
  what: AWAITED,
  or: AWAITED,
};

/** Parts of weekly hours, as `availability set` takes them. */
const HOURS = ["Mon-Fri", "Mon-Sun", "Sat-Sun", "09:00-17:00", "00:00-24:00"];

/** The names in a command's usage that are typed as they stand. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  availability: ["set", "clear"],
  claims: ["check"],
  metrics: ["session", "skill"],
  outbox: ["drop", "move"],
};

type FindLiveValues = (
  context: Context,
  options: HubOptions,
  command: string,
) => Promise<CompletionCandidate[]>;

const LIVE: Readonly<Record<string, FindLiveValues>> = {
  session: findSessions,
  request: findRequests,
  message: findMessages,
  key: findClaims,
  topic: findTopics,
  skill: findSkills,
  capability: findSkills,
  op: findWaiting,
  hours: async ({ world }) => {
    const { zoneOf } = await import("../../app/zone.ts");
    return [...HOURS, zoneOf(world).name].map((value) => ({ value, description: "hours" }));
  },
  zone: async () => Intl.supportedValuesOf("timeZone").map((value) => ({ value, description: "zone" })),
};

/**
 * Returns a function that finds the values of a placeholder. Those in the hub, such as sessions and requests, are those
 * that this host last saw: completion never asks the hub.
 */
export function valuesIn(context: Context, options: HubOptions): FindValues {
  return async (placeholder, command) => {
    const words = Object.hasOwn(WORDS, command) ? WORDS[command] : undefined;
    if (words?.includes(placeholder)) return [{ value: placeholder, description: command }];
    const fixed = Object.hasOwn(FIXED, placeholder) ? FIXED[placeholder] : undefined;
    if (fixed) return fixed.map((value) => ({ value, description: placeholder }));
    const find = Object.hasOwn(LIVE, placeholder) ? LIVE[placeholder] : undefined;
    return (await find?.(context, options, command).catch(noValues)) ?? [];
  };
}

/** Returns no values where there is no hub or it cannot be read. Throws other errors. */
function noValues(error: unknown): [] {
  if (error instanceof HiveError) return [];
  throw error;
}

/** Returns the sessions that are not offline; all sessions where all are offline. */
async function findSessions(context: Context, options: HubOptions): Promise<CompletionCandidate[]> {
  const state = await read(context, options, ["settings", "sessions", "heartbeats"]);
  const { sessions } = sync(state, toInstant(context.world.now()));
  const online = sessions.filter(({ presence }) => presence !== "offline");
  return (online.length > 0 ? online : sessions).map(({ id, presence, role }) => ({
    value: id,
    description: `${presence}  ${firstLine(role, 40)}`.trim(),
  }));
}

/** Returns the open requests; for a move, only those on which it is legal. */
async function findRequests(
  context: Context,
  options: HubOptions,
  command: string,
): Promise<CompletionCandidate[]> {
  const { collaborations } = await read(context, options, ["collaborations"]);
  return [...collaborations.values()].flatMap(({ request_id, from_session, request, status }) => {
    const legal: readonly string[] = legalMoves(status);
    const isOffered = Object.hasOwn(MOVES, command) ? legal.includes(command) : legal.length > 0;
    const description = `${from_session} (unverified): ${firstLine(request, 50)}`;
    return isOffered ? [{ value: request_id, description }] : [];
  });
}

/** Returns the author's unread messages. */
async function findMessages(context: Context, options: HubOptions): Promise<CompletionCandidate[]> {
  const { hive, knownIdentity } = await openOffline(context, options);
  const session = knownIdentity()?.session;
  if (session === undefined) return [];
  const { state } = await hive.read(["settings", "sessions", "messages", "collaborations"]);
  const marks = joinReceipt(hive.marks.load(session), state.sessions.get(session));
  const { messages } = inbox(state, session, marks, toInstant(context.world.now()), false);
  return messages.map(({ id, from, body }) => ({
    value: id,
    description: `${from} (unverified): ${firstLine(body, 50)}`,
  }));
}

/** Returns the skills that sessions offer; for `withdraw`, those that the author offers. */
async function findSkills(
  context: Context,
  options: HubOptions,
  command: string,
): Promise<CompletionCandidate[]> {
  const { hive, knownIdentity } = await openOffline(context, options);
  const { sessions } = (await hive.read(["sessions"])).state;
  const own = knownIdentity()?.session;
  const offered = new Map<string, string>();
  for (const [id, profile] of sessions)
    if (command !== "withdraw" || id === own) for (const skill of offeredBy(profile)) offered.set(skill, id);
  return [...offered].sort().map(([value, description]) => ({ value, description }));
}

/** Returns the operations in this host's outbox. */
async function findWaiting(context: Context, options: HubOptions): Promise<CompletionCandidate[]> {
  const { hive } = await openOffline(context, options);
  const { waiting } = await hive.outbox.list();
  return waiting.map(({ op, kind, session }) => ({ value: op, description: `${kind} by ${session}` }));
}

/** Returns the author's claims for `release` and `renew`, and all claims for `claims`. */
async function findClaims(
  context: Context,
  options: HubOptions,
  command: string,
): Promise<CompletionCandidate[]> {
  const isOwn = command === "release" || command === "renew";
  if (!isOwn && command !== "claims") return [];
  const { hive, knownIdentity } = await openOffline(context, options);
  const { claims } = (await hive.read(["claims"])).state;
  const session = knownIdentity()?.session;
  return sortClaims(claims)
    .filter((claim) => !isOwn || claim.session === session)
    .map(({ key, patterns, until }) => ({
      value: key,
      description: `until ${until}: ${firstLine(patterns.join(", "), 50)}`,
    }));
}

/** Returns the topics that sessions follow, without their #, because a shell treats # as a comment. */
async function findTopics(context: Context, options: HubOptions): Promise<CompletionCandidate[]> {
  const { sessions } = await read(context, options, ["sessions"]);
  const followed = [...sessions.values()].flatMap(({ follows }) => follows?.filter(isTopic) ?? []);
  return [...new Set(followed)].sort().map((topic) => ({ value: topic.slice(1), description: "topic" }));
}

async function read<P extends keyof Snapshot>(
  context: Context,
  options: HubOptions,
  parts: readonly P[],
): Promise<Pick<Snapshot, P>> {
  const { hive } = await openOffline(context, options);
  return (await hive.read(parts)).state;
}

async function openOffline({ world, own }: Context, options: HubOptions): Promise<Workplace> {
  const { openWorkplace } = await import("../../app/workplace/workplace.ts");
  return own(await openWorkplace(world, { ...options, isOffline: true }));
}
