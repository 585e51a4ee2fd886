import type { Workplace } from "../../app/workplace/workplace.ts";
import { sortClaims } from "../../domain/claims/overlap.ts";
import { legalMoves, MOVES } from "../../domain/requests/moves.ts";
import { sync } from "../../domain/sessions/overview.ts";
import { State } from "../../domain/sessions/session.ts";
import type { Snapshot } from "../../domain/snapshot.ts";
import { toInstant } from "../../domain/values/time.ts";
import { isTopic } from "../../domain/values/topic.ts";
import { firstLine } from "../../domain/values/visible.ts";
import { HiveError } from "../../errors.ts";
import type { HubOptions } from "../../hub-options.ts";
import type { Context } from "../command.ts";
import type { CompletionCandidate, FindValues } from "./candidates.ts";
import { SCRIPTS } from "./scripts.ts";

const URGENCIES = ["normal", "high", "urgent"];

const STATES = State.options;

const FIXED: Readonly<Record<string, readonly string[]>> = {
  urgency: URGENCIES,
  priority: URGENCIES,
  status: STATES,
  state: STATES,
  intent: ["inform", "ask", "ack"],
  shell: Object.keys(SCRIPTS),
};

type FindLiveValues = (
  context: Context,
  options: HubOptions,
  command: string,
) => Promise<CompletionCandidate[]>;

const LIVE: Readonly<Record<string, FindLiveValues>> = {
  session: findSessions,
  request: findRequests,
  key: findClaims,
  topic: findTopics,
};

/**
 * Returns a function that finds the values of a placeholder. Sessions, requests, claims and topics are those that this
 * host last saw: completion never asks the hub.
 */
export function valuesIn(context: Context, options: HubOptions): FindValues {
  return async (placeholder, command) => {
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
