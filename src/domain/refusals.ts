import type { Collaboration } from "./collaboration.ts";
import type { SessionId } from "./ids.ts";
import { legalMoves, MOVES, type Move } from "./moves.ts";

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

export function wrongParty(collaboration: Collaboration, move: Move, session: SessionId): Refusal {
  const party = collaboration[MOVES[move].by];
  const word = MOVES[move].by === "to_session" ? "was asked" : "asked";
  return refusal(
    "wrong_party",
    `${session} may not ${move} ${collaboration.request_id}: ${party} ${word}, and only ${party} may.`,
    `That is for ${party} to do. To say something: hive broadcast "<text>"`,
  );
}

/** Says where the request stands, since when and by whom, and which commands are legal now. */
export function illegalMove(collaboration: Collaboration, move: Move): Refusal {
  const { request_id, status } = collaboration;
  const last = collaboration.history.at(-1);
  const by = last ? `, by ${last.session} since ${last.at}` : "";
  const next = legalMoves(status)
    .filter((legal) => MOVES[legal].by === MOVES[move].by)
    .map((legal) => `hive ${legal} ${request_id}`);
  return refusal(
    "illegal_move",
    `Cannot ${move} ${request_id}: it is ${status.replaceAll("_", " ")}${by}.`,
    next.length > 0
      ? `Legal now: ${next.join(", ")}`
      : 'It has ended. Ask again: hive request <session> "<text>"',
  );
}
