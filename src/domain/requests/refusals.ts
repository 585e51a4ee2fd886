import { type Refusal, refusal } from "../refusal.ts";
import { chooseFrom } from "../values/candidates.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { isStartOfAll } from "../values/reference.ts";
import type { Collaboration } from "./collaboration.ts";
import { heldSince, mayBeFree } from "./holder.ts";
import { isMoveOf, legalMoves, MOVES, type Move } from "./moves.ts";

/** The move belongs to another session: names that session, and the moves that this session may make. */
export function wrongParty(request: Collaboration, move: Move, session: SessionId): Refusal {
  const { request_id, from_session, to_session, history } = request;
  const isAnswer = MOVES[move].by === "to_session";
  const changedHands = mayBeFree(request) || history.some((step) => step.taken_from !== undefined);
  if (isAnswer && changedHands && to_session !== null && session !== from_session)
    return alreadyTaken(request, move, to_session);
  const party = isAnswer ? to_session : from_session;
  const why =
    party === null
      ? `${session} made the request, so another session must do it`
      : `${party} ${isAnswer ? "was asked" : "asked"}, and only ${party} may`;
  return refusal(
    "wrong_party",
    `${session} may not ${move} ${request_id}: ${why}.`,
    legalNow(request, session) ??
      `Only ${party ?? "another session"} may do it. To send a message: ${messageCommand(party)} "<text>"`,
  );
}

function messageCommand(party: SessionId | null): string {
  return party === null ? "hive broadcast" : `hive send ${party}`;
}

/** Another session accepted the request first, or took it over: names the holder, and since when. */
function alreadyTaken(request: Collaboration, move: Move, holder: SessionId): Refusal {
  const { request_id, status, updated_at } = request;
  const state = status === "accepted" ? "" : ` and it is ${inWords(status)}`;
  return refusal(
    "already_taken",
    `Cannot ${move} ${request_id}: ${holder} has held it since ${heldSince(request) ?? updated_at}${state}.`,
    "Nothing is left to do. See your other requests: hive inbox",
  );
}

/** Names the status of the request, its author and its instant, and the commands that the session may run now. */
export function illegalMove(request: Collaboration, move: Move, session: SessionId): Refusal {
  const { request_id, from_session, status, history } = request;
  const last = history.findLast(({ declined }) => declined !== true);
  const by = last ? `, by ${last.session} since ${last.at}` : "";
  const ended =
    session === from_session
      ? 'The request has ended. Ask again: hive request <session> "<text>"'
      : "The request has ended. See your other requests: hive inbox";
  return refusal(
    "illegal_move",
    `Cannot ${move} ${request_id}: it is ${inWords(status)}${by}.`,
    legalNow(request, session) ?? ended,
  );
}

/** The commands that a session may run on a request now; undefined when there are none. */
export function legalNow(request: Collaboration, session: SessionId): string | undefined {
  const commands = legalMoves(request.status)
    .filter((move) => isMoveOf(request, move, session))
    .map((move) => `hive ${move} ${request.request_id}`);
  return commands.length > 0 ? `Allowed now: ${commands.join(", ")}` : undefined;
}

export function inWords(status: Collaboration["status"]): string {
  return status.replaceAll("_", " ");
}

/** Readers limit the size of a request's file, and the end of the request must still fit into it. */
export function recordFull({ request_id }: Collaboration): Refusal {
  return refusal(
    "record_full",
    `The record of ${request_id} is full: the request was declined or handed over too often.`,
    'Make a new request: hive request <session> "<text>"',
  );
}

/** A session can decline an open request only once. */
export function alreadyDeclined({ request_id }: Collaboration, session: SessionId): Refusal {
  return refusal(
    "already_declined",
    `${session} has already declined ${request_id}. It stays open for other sessions.`,
    `To accept it anyway: hive accept ${request_id}`,
  );
}

export function pastDeadline(deadline: Instant, now: Instant): Refusal {
  return refusal(
    "past_deadline",
    `The deadline ${deadline} has passed: it is now ${now}.`,
    'Give a later time or a duration: hive request <session> "<text>" --for 4h',
  );
}

/** Nobody answered in time, so the requester no longer counts on an answer. */
export function overdue({ request_id, from_session, handoff }: Collaboration, due: Instant): Refusal {
  const again = handoff === undefined ? "ask again" : "hand it over again";
  return refusal(
    "overdue",
    `Cannot accept ${request_id}: its deadline passed at ${due}.`,
    `Ask ${from_session} to ${again}: hive send ${from_session} "I can take ${request_id}. Please ${again}."`,
  );
}

export function unknownRequest(id: string): Refusal {
  const message = isStartOfAll(id)
    ? `Every request's id starts with ${id}: give more of it, or its end.`
    : `No request ${/\s/u.test(id) ? JSON.stringify(id) : id} is open in this hub.`;
  return refusal("unknown_request", message, "See your requests: hive inbox");
}

export function ambiguousRequest(text: string, found: readonly Collaboration[]): Refusal {
  const candidates = found.map((each) => ({ id: each.request_id, text: each.request }));
  return refusal("ambiguous_request", `${text} matches ${found.length} requests.`, chooseFrom(candidates));
}
