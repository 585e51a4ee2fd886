import type { Collaboration } from "./collaboration.ts";
import { heldSince, isOpenToMany } from "./holder.ts";
import type { SessionId } from "./ids.ts";
import type { Instant } from "./instant.ts";
import { isMoveOf, legalMoves, MOVES, type Move } from "./moves.ts";

/** The rules say no: a stable code, what happened to what, and what to do next. */
export interface Refusal {
  readonly kind: "refusal";
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

function refusal(code: string, message: string, hint: string): Refusal {
  return { kind: "refusal", code, message, hint };
}

/** Somebody gave it up while it waited. */
export const DROPPED = refusal("dropped", "It was given up while it waited.", "Nothing is left to do.");

export function notRegistered(session: SessionId): Refusal {
  return refusal(
    "not_registered",
    `${session} is not registered in this hub.`,
    `hive register ${session} --role "<what it does>" --skill <a,b>`,
  );
}

export function reservedSession(session: SessionId): Refusal {
  return refusal("reserved_session", `${session} signs what no session asked for.`, "Choose another id.");
}

export function unknownSession(id: string, known: Iterable<string>): Refusal {
  const near = [...known].filter((other) => other.startsWith(id) || other.includes(id)).slice(0, 3);
  const hint = near.length > 0 ? `Meant one of: ${near.join(", ")}?` : "See who is there: hive sync";
  return refusal("unknown_session", `No session ${id} is registered in this hub.`, hint);
}

export function askedItself(session: SessionId): Refusal {
  return refusal("same_session", `${session} would ask itself.`, 'Find somebody else: hive match "<task>"');
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
      `That is for ${party ?? "another session"} to do. To say something: hive broadcast "<text>"`,
  );
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
function legalNow(request: Collaboration, session: SessionId): string | undefined {
  const commands = legalMoves(request.status)
    .filter((move) => isMoveOf(request, move, session))
    .map((move) => `hive ${move} ${request.request_id}`);
  return commands.length > 0 ? `Legal now: ${commands.join(", ")}` : undefined;
}

function inWords(status: Collaboration["status"]): string {
  return status.replaceAll("_", " ");
}

/** Only what a session has accepted is its to hand over. */
export function notHeld(request: Collaboration, session: SessionId): Refusal {
  const { request_id, status, to_session } = request;
  const whose = to_session === null ? "nobody has it yet" : `it is ${inWords(status)}, for ${to_session}`;
  return refusal(
    "not_held",
    `${session} cannot hand over ${request_id}: ${whose}.`,
    legalNow(request, session) ?? "See what you have: hive inbox",
  );
}

/** What is handed over is not with whoever handed it over any more. */
export function handoffVoid(handoff: Collaboration, request: Collaboration | undefined): Refusal {
  const { request_id, from_session, handoff: bundle } = handoff;
  const stands = request
    ? `is ${inWords(request.status)}, for ${request.to_session ?? "nobody"}`
    : "is not open any more";
  return refusal(
    "handoff_void",
    `Cannot accept ${request_id}: ${bundle?.request} ${stands}, and no longer ${from_session}'s to hand over.`,
    `To say so: hive decline ${request_id}`,
  );
}

/** Who asked for something does not do it: it would answer itself. */
export function ownRequest({ request_id }: Collaboration, session: SessionId): Refusal {
  return refusal(
    "own_request",
    `${session} asked for ${request_id} itself.`,
    "Another has to take it. Who is there: hive sync",
  );
}

/** Only a session that is gone has its work taken over; any other is asked. */
export function notOffline(session: SessionId, presence: string, offlineAt: Instant): Refusal {
  return refusal(
    "not_offline",
    `${session} is ${presence}: its work can be taken over once it is offline, from ${offlineAt} unless it is heard of.`,
    `Until then ask for it: hive request ${session} "Hand over what you have: hive handoff <me> --from <request>"`,
  );
}

export function nothingToTakeOver(session: SessionId): Refusal {
  return refusal(
    "nothing_open",
    `${session} has no request that is open and that you could take over.`,
    "See who is there and what waits: hive sync",
  );
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

export function overAlready(until: Instant): Refusal {
  return refusal("over_already", `${until} is over already.`, "Give a time to come, as in: --until 2h");
}
