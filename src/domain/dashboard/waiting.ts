import { needsIn, type WaitingSession } from "../activity/needs.ts";
import { openQuestions } from "../inbox/mail.ts";
import type { Message } from "../messages/message.ts";
import type { Collaboration } from "../requests/collaboration.ts";
import { isVoid } from "../requests/handover.ts";
import { addresseeOf } from "../requests/holder.ts";
import { describeLimit, isOverdue } from "../requests/overdue.ts";
import { describeReceipt, receiptOf } from "../requests/receipt.ts";
import { awayOf } from "../sessions/away.ts";
import { presenceOf } from "../sessions/presence.ts";
import type { Snapshot } from "../snapshot.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { compareTexts, URGENCY_RANK } from "../values/order.ts";
import { shellArgument } from "../values/shell-quote.ts";
import { formatAge, secondsBetween } from "../values/time.ts";
import { isTopic } from "../values/topic.ts";
import type { Urgency } from "../values/urgency.ts";
import { firstLine } from "../values/visible.ts";

/** A request or a question without an answer, or what a session asks its human. */
export interface Unanswered {
  readonly kind: "need" | "request" | "question";
  readonly id: string;
  /** The session that waits for the answer. */
  readonly from: SessionId;
  /** A session, a topic, or in words who may take an open request. */
  readonly to: string;
  readonly text: string;
  /** The answers to choose from, and the other sessions that wait for this one: only of a need. */
  readonly options?: readonly string[];
  readonly blocks?: readonly SessionId[];
  readonly urgency: Urgency;
  readonly since: Instant;
  /** Why no session is about to answer, so that a person has to act; null where one is. */
  readonly stuck: string | null;
  /** Whether the addressees have seen it, in words; null where that is not known. */
  readonly seen: string | null;
  /** The command that helps. */
  readonly next: string;
}

type State = Pick<
  Snapshot,
  "settings" | "sessions" | "heartbeats" | "collaborations" | "archived" | "messages"
>;

const TEXT_WIDTH = 200;
const WORDS_WIDTH = 60;

/**
 * What sessions ask their humans, then all requests and questions without an answer. Those that no session is about to
 * answer come first; within each group the most urgent, then the oldest.
 */
export function unansweredIn(state: State, now: Instant): Unanswered[] {
  const pending = [...state.collaborations.values()].filter(
    (each) => each.status === "pending" && !isVoid(each, state),
  );
  const persons = personsOf(state);
  const needs = needsIn(state, now).map((each) => viewNeed(each, persons));
  const others = [
    ...pending.map((request) => viewRequest(request, state, persons, now)),
    ...openQuestions(state.messages).map((message) => viewQuestion(message, state, persons, now)),
  ].sort(
    (a, b) =>
      Number(b.stuck !== null) - Number(a.stuck !== null) ||
      URGENCY_RANK[a.urgency] - URGENCY_RANK[b.urgency] ||
      Date.parse(a.since) - Date.parse(b.since) ||
      compareTexts(a.id, b.id),
  );
  return [...needs, ...others];
}

function viewNeed(
  { id, session, question, options, blocks, since, by_tool, next }: WaitingSession,
  persons: ReadonlyMap<string, string>,
): Unanswered {
  const login = persons.get(session);
  const asked = by_tool ? "its tool asks: answer it there" : "it asks its human";
  return {
    kind: "need",
    id,
    from: session,
    to: login === undefined ? "a person" : `@${login}`,
    text: firstLine(question, TEXT_WIDTH),
    options: options.map((option) => firstLine(option, WORDS_WIDTH)),
    blocks,
    urgency: "normal",
    since,
    stuck: blocks.length === 0 ? asked : `${asked}, and blocks ${describeBlocked(blocks)}`,
    seen: null,
    next,
  };
}

/** How many blocked sessions are named. */
const MAX_BLOCKED = 5;

function describeBlocked(blocks: readonly SessionId[]): string {
  const more = blocks.length - MAX_BLOCKED;
  return [...blocks.slice(0, MAX_BLOCKED), ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

/** The GitHub users that act as a session by the hub's settings, by session: it is a person who answers there. */
function personsOf({ settings }: State): ReadonlyMap<string, string> {
  const users = Object.entries(settings.github.users);
  return new Map(users.flatMap(([login, sessions]) => [sessions].flat().map((id) => [id, login] as const)));
}

function viewRequest(
  request: Collaboration,
  state: State,
  persons: ReadonlyMap<string, string>,
  now: Instant,
): Unanswered {
  const { request_id, from_session, to_session, urgency, created_at } = request;
  const receipt = receiptOf(request, state, now);
  const stuck = [
    isOverdue(request, state.settings, now) ? describeLimit(request, state.settings, now) : undefined,
    to_session === null
      ? whyNobodyTakes(receipt?.waiting_for ?? [], state, now)
      : whySilent(to_session, state, persons, now),
  ].find((reason) => reason !== undefined);
  return {
    kind: "request",
    id: request_id,
    from: from_session,
    to: addresseeOf(request),
    text: firstLine(request.request, TEXT_WIDTH),
    urgency,
    since: created_at,
    stuck: stuck ?? null,
    seen: receipt === undefined ? null : describeReceipt(receipt, to_session === null),
    next: nextOf(request, stuck !== undefined && !persons.has(to_session ?? "")),
  };
}

function viewQuestion(
  { id, from, to, body, subject, priority, sent_at }: Message,
  state: State,
  persons: ReadonlyMap<string, string>,
  now: Instant,
): Unanswered {
  const isToSession = to !== "all" && !isTopic(to);
  return {
    kind: "question",
    id,
    from,
    to,
    text: firstLine(subject ?? body, TEXT_WIDTH),
    urgency: priority,
    since: sent_at,
    stuck: (isToSession ? whySilent(to as SessionId, state, persons, now) : undefined) ?? null,
    seen: null,
    next: `hive reply ${id} "<answer>"`,
  };
}

/** Why a session is not about to answer; undefined where it is alive and not away. */
function whySilent(
  session: SessionId,
  state: State,
  persons: ReadonlyMap<string, string>,
  now: Instant,
): string | undefined {
  const login = persons.get(session);
  if (login !== undefined) return `@${login} answers for ${session}`;
  if (!state.sessions.has(session)) return `${session} is not registered`;
  return describeAbsence(session, state, now);
}

function describeAbsence(session: SessionId, state: State, now: Instant): string | undefined {
  const [profile, heartbeat] = [state.sessions.get(session), state.heartbeats.get(session)];
  const away = profile && awayOf(profile, heartbeat, now);
  if (away) return `${session} is ${away.reason}`;
  const presence = presenceOf(heartbeat, now, state.settings);
  if (presence === "alive") return undefined;
  if (heartbeat === undefined) return `${session} is offline`;
  const age = formatAge(secondsBetween(heartbeat.last_heartbeat, now));
  return presence === "stale"
    ? `${session} has been silent for ${age}`
    : `${session} is offline, last alive ${age} ago`;
}

function whyNobodyTakes(candidates: readonly SessionId[], state: State, now: Instant): string | undefined {
  if (candidates.length === 0) return "no session can take it";
  const isAnyThere = candidates.some((session) => describeAbsence(session, state, now) === undefined);
  return isAnyThere ? undefined : "no session that can take it is there";
}

/** Another session where this one will not answer, else a word to the addressee, or the offers of the skill. */
function nextOf({ request_id, request, to_session, to_capability }: Collaboration, isStuck: boolean): string {
  const words = firstLine(request, WORDS_WIDTH);
  if (isStuck && words !== "") return `hive match ${shellArgument(words)}`;
  if (to_session !== null) return `hive send ${to_session} "Can you answer ${request_id}?" --intent ask`;
  return to_capability === undefined
    ? `hive thread ${request_id}`
    : `hive skills ${shellArgument(to_capability)}`;
}
