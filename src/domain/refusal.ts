import type { SessionId } from "./values/ids.ts";

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

/** A name was given on this host before the hub had it, and another host was faster. */
export function notYours(session: SessionId): Refusal {
  return refusal(
    "not_yours",
    `${session} is not the session that wished this: the name is not registered, or somebody else's.`,
    'See who you are: hive whoami. Or register: hive register <session> --role "<what it does>"',
  );
}
