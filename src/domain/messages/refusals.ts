import type { Refusal } from "../refusal.ts";
import type { SessionId } from "../values/ids.ts";
import type { Message } from "./message.ts";

function refusal(code: string, message: string, hint: string): Refusal {
  return { kind: "refusal", code, message, hint };
}

/** Neither a session nor a topic that anybody follows: most likely a slip, and nobody would read it. */
export function unknownRecipient(name: string, sessions: Iterable<string>): Refusal {
  if (name === "all")
    return refusal("unknown_recipient", "To all is a broadcast.", 'hive broadcast "<text>"');
  const near = [...sessions].filter((id) => id.includes(name)).slice(0, 3);
  const meant = near.map((id) => `hive send ${id} "<text>"`);
  return refusal(
    "unknown_recipient",
    `No session ${name} is registered in this hub, and nobody follows a topic of that name.`,
    [...meant, `hive send --topic ${name} "<text>"`].join(", or "),
  );
}

export function wroteItself(session: SessionId): Refusal {
  return refusal(
    "same_session",
    `${session} would write to itself.`,
    'Write to all: hive broadcast "<text>"',
  );
}

export function unknownMessage(id: string): Refusal {
  return refusal(
    "unknown_message",
    `No message ${id} is among the newest of this hub.`,
    "See them with their ids: hive inbox --all",
  );
}

/** Nor among the older ones. */
export function noSuchMessage(id: string): Refusal {
  return refusal(
    "unknown_message",
    `No message ${id} is in this hub.`,
    'Look for it: hive search --all "<words>"',
  );
}

export function ambiguousMessage(prefix: string, found: readonly Message[]): Refusal {
  const ids = found.slice(0, 5).map(({ id }) => id);
  return refusal(
    "ambiguous_message",
    `${prefix} fits ${found.length} messages.`,
    `Say which: ${ids.join(", ")}`,
  );
}

/** Or two sessions that thank each other would never end. */
export function acknowledgedAlready({ id, from }: Message): Refusal {
  return refusal(
    "already_acknowledged",
    `${id} is an acknowledgement by ${from} itself: nothing is left to acknowledge.`,
    `Nothing is left to do. To say more: hive reply ${id} "<text>"`,
  );
}

export function notFollowed(session: SessionId): Refusal {
  return refusal(
    "not_a_topic",
    `${session} is a session: what it writes to you is in your inbox anyway.`,
    `A topic of that name: hive follow "#${session}"`,
  );
}

export function mutedItself(session: SessionId): Refusal {
  return refusal("same_session", `${session} would mute itself.`, 'Mute a topic: hive mute "#<topic>"');
}

export function tooMany(what: "follows" | "mutes", most: number): Refusal {
  const command = what === "follows" ? "follow" : "mute";
  return refusal(
    "too_many",
    `At most ${most} topics, conversations and sessions are kept in ${what}.`,
    `Give one up: hive ${command} "#<topic>" --off`,
  );
}
