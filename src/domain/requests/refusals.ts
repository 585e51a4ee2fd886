import { type Refusal, refusal } from "../refusal.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import type { Collaboration } from "./collaboration.ts";
import { heldSince, isOpenToMany } from "./holder.ts";
import { isMoveOf, legalMoves, MOVES, type Move } from "./moves.ts";

/** The move is another's: says whose, and what this session may do. */
export function wrongParty(request: Collaboration, move: Move, session: SessionId): Refusal {
  const { request_id, from_session, to_session, history } = request;
  const isAnswer = MOVES[move].by === "to_session";
  const changedHands = isOpenToMany(request) || history.some((step) => step.taken_from !== undefined);
  if (isAnswer && changedHands && to_session !== null && session !== from_session)
    return alreadyTaken(request, move, to_session);
  const party = isAnswer ? to_session : from_session;
  const why =
    party === null
      ? `${session} asked, so another has to`
      : `${party} ${isAnswer ? "was asked" : "asked"}, and only ${party} may`;
  return refusal(
    "wrong_party",
    `${session} may not ${move} ${request_id}: ${why}.`,
    legalNow(request, session) ??
      `That is for ${party ?? "another session"} to do. To say something: ${say(party)} "<text>"`,
  );
}

function say(party: SessionId | null): string {
  return party === null ? "hive broadcast" : `hive send ${party}`;
}

/** Somebody was faster, or took it over: says who has the request, and since when. */
function alreadyTaken(request: Collaboration, move: Move, holder: SessionId): Refusal {
  const { request_id, status, updated_at } = request;
  const stands = status === "accepted" ? "" : ` and it is ${inWords(status)}`;
  return refusal(
    "already_taken",
    `Cannot ${move} ${request_id}: ${holder} has it since ${heldSince(request) ?? updated_at}${stands}.`,
    "Nothing is left to do. What else waits for you: hive inbox",
  );
}

/** Says where the request stands, since when and by whom, and which commands are legal now for whoever wished it. */
export function illegalMove(request: Collaboration, move: Move, session: SessionId): Refusal {
  const { request_id, from_session, status, history } = request;
  const last = history.findLast(({ declined }) => declined !== true);
  const by = last ? `, by ${last.session} since ${last.at}` : "";
  const ended =
    session === from_session
      ? 'It has ended. Ask again: hive request <session> "<text>"'
      : "It has ended. What else waits for you: hive inbox";
  return refusal(
    "illegal_move",
    `Cannot ${move} ${request_id}: it is ${inWords(status)}${by}.`,
    legalNow(request, session) ?? ended,
  );
}

/** The commands that a session may run on a request now; undefined where there are none. */
export function legalNow(request: Collaboration, session: SessionId): string | undefined {
  const commands = legalMoves(request.status)
    .filter((move) => isMoveOf(request, move, session))
    .map((move) => `hive ${move} ${request.request_id}`);
  return commands.length > 0 ? `Legal now: ${commands.join(", ")}` : undefined;
}

export function inWords(status: Collaboration["status"]): string {
  return status.replaceAll("_", " ");
}

/** The file of a request is read up to a size, and its end has to fit into it too. */
export function recordFull({ request_id }: Collaboration): Refusal {
  return refusal(
    "record_full",
    `The record of ${request_id} is full: it was declined or handed on too often.`,
    'Ask anew instead: hive request <session> "<text>"',
  );
}

/** It is declined once. */
export function alreadyDeclined({ request_id }: Collaboration, session: SessionId): Refusal {
  return refusal(
    "already_declined",
    `${session} has declined ${request_id} already; it stays open for others.`,
    `To take it after all: hive accept ${request_id}`,
  );
}

export function pastDeadline(deadline: Instant, now: Instant): Refusal {
  return refusal(
    "past_deadline",
    `The deadline ${deadline} is not after now, ${now}.`,
    'Give a later one, or how long to wait: hive request <session> "<text>" --deadline 4h',
  );
}

export function unknownRequest(id: string): Refusal {
  return refusal("unknown_request", `No request ${id} is open in this hub.`, "See yours: hive inbox");
}

export function ambiguousRequest(prefix: string, candidates: readonly string[]): Refusal {
  return refusal(
    "ambiguous_request",
    `${prefix} fits ${candidates.length} requests.`,
    `Say which: ${candidates.slice(0, 5).join(", ")}`,
  );
}
