import type { SessionId } from "./values/ids.ts";

/** A refusal by the rules: a stable code, what happened to what, and what to do next. */
export interface Refusal {
  readonly kind: "refusal";
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** Makes a refusal. Refusals that belong to one kind of operation are defined in its folder. */
export function refusal(code: string, message: string, hint: string): Refusal {
  return { kind: "refusal", code, message, hint };
}

/** For an operation that a user dropped while it was in the outbox. */
export const DROPPED = refusal(
  "dropped",
  "The operation was dropped while it waited in the outbox.",
  "Nothing is left to do.",
);

export function notRegistered(session: SessionId): Refusal {
  return refusal(
    "not_registered",
    `${session} is not registered in this hub.`,
    `hive register ${session} --role "<what it does>" --skill <a,b>`,
  );
}

/** This host gave a session its name before that landed, and another host registered the name first. */
export function notYours(session: SessionId): Refusal {
  return refusal(
    "not_yours",
    `${session} did not make this operation: the name is not registered, or another session holds it.`,
    'See your session: hive whoami. Or register: hive register <session> --role "<what it does>"',
  );
}
