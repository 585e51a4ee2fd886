import { presenceOf } from "../sessions/presence.ts";
import type { Snapshot } from "../snapshot.ts";
import type { RequestId, SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { compareTexts, URGENCY_RANK } from "../values/order.ts";
import { formatAge, secondsBetween } from "../values/time.ts";
import { firstLine } from "../values/visible.ts";
import type { Collaboration } from "./collaboration.ts";
import { isVoid } from "./handover.ts";
import { addresseeOf, heldSince, isHeld, isHeldBy } from "./holder.ts";
import { describeLimit, isOverdue } from "./overdue.ts";
import { describeReceipt, receiptOf } from "./receipt.ts";
import { isTakeable } from "./silence.ts";
import { waitsFor } from "./waits-for.ts";
import { matchFor } from "./words.ts";

/** The next step of the session that has a request. */
export function nextMoveOf({ request_id, status }: Pick<Collaboration, "request_id" | "status">): string {
  return `hive ${status === "accepted" ? "start" : "complete"} ${request_id}`;
}

/** A request that waits: for this session's answer, for its work, with a session that is gone, or for another's answer. */
export interface Reminder {
  readonly kind: "waiting" | "held" | "stranded" | "unanswered";
  readonly request_id: RequestId;
  /** The requester or, for a request of this session, the addressee; null for an open request. */
  readonly session: SessionId | null;
  readonly since: Instant;
  readonly deadline: Instant | null;
  /** For an unanswered request: the addressee's last heartbeat, and whether its inbox has shown the request. */
  readonly last_alive: Instant | null;
  readonly seen: boolean | null;
  readonly text: string;
  /** The command to run next. */
  readonly next: string;
}

type State = Pick<Snapshot, "settings" | "sessions" | "heartbeats" | "collaborations">;

/**
 * The reminders of a session: requests that wait for its answer, then those it holds, then its own: those that a silent
 * session has accepted, and those without an answer.
 * Within each group, urgent ones come first, then old ones.
 */
export function remind(state: State, session: SessionId, now: Instant): Reminder[] {
  const requests = [...state.collaborations.values()].sort(
    (a, b) => URGENCY_RANK[a.urgency] - URGENCY_RANK[b.urgency] || compareTexts(a.request_id, b.request_id),
  );
  const mine = requests.filter(
    (each) => each.from_session === session && each.status === "pending" && !isVoid(each, state),
  );
  return [
    ...requests
      .filter((each) => waitsFor(each, session, state, now))
      .map((each) => waiting(each, state, now)),
    ...requests.filter((each) => isHeldBy(each, session)).map((each) => held(each, now)),
    ...requests
      .filter((each) => each.from_session === session && isStranded(each, state, now))
      .map((each) => stranded(each, state, now)),
    ...mine.map((each) => unanswered(each, state, now)),
  ];
}

function waiting(request: Collaboration, state: State, now: Instant): Reminder {
  const { request_id, from_session, urgency, handoff, created_at } = request;
  const verb = handoff === undefined ? "asks " : "hands over to ";
  const addressee = request.to_session === null ? addresseeOf(request) : "you";
  return {
    ...commonFields(request, created_at),
    kind: "waiting",
    text: `${from_session} (unverified) ${verb}${addressee}, ${urgency}, ${ago(created_at, now)}${limit(request, state, now)}${about(request)}`,
    next: isOverdue(request, state.settings, now)
      ? `hive decline ${request_id} -m "Too late"`
      : `hive accept ${request_id}`,
  };
}

function held(request: Collaboration, now: Instant): Reminder {
  const { request_id, from_session, status, updated_at } = request;
  const since = heldSince(request) ?? updated_at;
  return {
    ...commonFields(request, since),
    kind: "held",
    text: `You have held ${request_id} of ${from_session} (unverified) for ${formatAge(secondsBetween(since, now))}, ${status.replaceAll("_", " ")}${about(request)}`,
    next: nextMoveOf(request),
  };
}

/** Whether a session has accepted a request and is silent, so that the request can be taken back. */
function isStranded({ status, to_session }: Collaboration, state: State, now: Instant): boolean {
  return to_session !== null && isHeld(status) && isTakeable(state, to_session, now);
}

function stranded(request: Collaboration, state: State, now: Instant): Reminder {
  const { request_id, to_session, updated_at } = request;
  const heartbeat = to_session === null ? undefined : state.heartbeats.get(to_session);
  const last = heartbeat?.last_heartbeat;
  const isOffline = presenceOf(heartbeat, now, state.settings) === "offline";
  const silent = last === undefined ? "never seen" : `last alive ${ago(last, now)}`;
  const did = isOffline ? "went offline with" : "is silent with";
  const words = firstLine(request.request, 60);
  return {
    ...commonFields(request, heldSince(request) ?? updated_at),
    kind: "stranded",
    session: to_session,
    last_alive: last ?? null,
    text: `${to_session} ${did} your request ${request_id}, ${silent}${words === "" ? "" : `: ${words}`}`,
    next: `hive reclaim ${request_id}`,
  };
}

function unanswered(request: Collaboration, state: State, now: Instant): Reminder {
  const { created_at, to_session } = request;
  const heartbeat = to_session === null ? undefined : state.heartbeats.get(to_session);
  const last = heartbeat?.last_heartbeat;
  const receipt = receiptOf(request, state, now);
  const parts = [
    `You asked ${addresseeOf(request)} ${ago(created_at, now)}${limit(request, state, now)}`,
    ...(to_session === null ? [] : [last === undefined ? "never seen" : `last alive ${ago(last, now)}`]),
    ...(receipt === undefined ? [] : [describeReceipt(receipt, to_session === null)]),
  ];
  return {
    ...commonFields(request, created_at),
    kind: "unanswered",
    session: to_session,
    last_alive: last ?? null,
    seen: receipt === undefined ? null : receipt.seen_by.length > 0,
    text: `${parts.join(", ")}${about(request)}`,
    next: nextOf(request, {
      isGone: presenceOf(heartbeat, now, state.settings) === "offline",
      isLate: isOverdue(request, state.settings, now),
    }),
  };
}

/** The next command: find another session when the addressee is offline or late; otherwise the answer comes in the inbox. */
function nextOf(
  { request_id, request, to_session }: Collaboration,
  { isGone, isLate }: { readonly isGone: boolean; readonly isLate: boolean },
): string {
  const match = matchFor({ request });
  if (isLate && (to_session === null || match === undefined)) return `hive cancel ${request_id}`;
  if (to_session === null || !(isGone || isLate) || match === undefined) return "hive inbox";
  return match;
}

function commonFields({ request_id, from_session, deadline }: Collaboration, since: Instant) {
  return {
    ...{ request_id, session: from_session, since, deadline: deadline ?? null },
    ...{ last_alive: null, seen: null },
  };
}

/** What a request is about, after the line that names it. */
function about({ request }: Collaboration): string {
  const words = firstLine(request, 60);
  return words === "" ? "" : `: ${words}`;
}

function ago(instant: Instant, now: Instant): string {
  return `${formatAge(secondsBetween(instant, now))} ago`;
}

function limit(request: Collaboration, { settings }: Pick<State, "settings">, now: Instant): string {
  const text = describeLimit(request, settings, now);
  return text === undefined ? "" : `, ${text}`;
}
