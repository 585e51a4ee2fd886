import type { SessionId } from "./ids.ts";
import type { Instant } from "./instant.ts";

/** The rules say no: a stable code, what happened to what, and what to do next. */
export interface Refusal {
  readonly kind: "refusal";
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** A refusal of a kind of its own; those of one kind of wish lie beside it. */
export function refusal(code: string, message: string, hint: string): Refusal {
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

export function nameTaken(session: SessionId): Refusal {
  return refusal(
    "name_taken",
    `${session} is registered already.`,
    "Choose another id. See who is there: hive sync",
  );
}

/** A name was given on this host before the hub had it, and another host was faster. */
export function notYours(session: SessionId): Refusal {
  return refusal(
    "not_yours",
    `${session} is not the session that wished this: the name is not registered, or somebody else's.`,
    'See who you are: hive whoami. Or register: hive register <session> --role "<what it does>"',
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

export function overAlready(until: Instant): Refusal {
  return refusal("over_already", `${until} is over already.`, "Give a time to come, as in: --until 2h");
}
