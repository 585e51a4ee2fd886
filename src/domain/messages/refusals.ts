import type { Refusal } from "../refusal.ts";
import { chooseFrom } from "../values/candidates.ts";
import type { SessionId } from "../values/ids.ts";
import { nearNames } from "../values/near.ts";
import type { Message } from "./message.ts";

function refusal(code: string, message: string, hint: string): Refusal {
  return { kind: "refusal", code, message, hint };
}

/** The name is neither a session nor a followed topic: probably a typo, and no session would read the message. */
export function unknownRecipient(name: string, sessions: Iterable<string>): Refusal {
  if (name === "all")
    return refusal(
      "unknown_recipient",
      "all is not a session: a message to every session is a broadcast.",
      'hive broadcast "<text>"',
    );
  const near = nearNames(name, sessions);
  const meant = near.map((id) => `hive send ${id} "<text>"`);
  const asked = near.length > 0 ? `Did you mean ${near.join(" or ")}? ` : "";
  return refusal(
    "unknown_recipient",
    `No session ${name} is registered in this hub, and no session follows a topic #${name}.`,
    asked + [...meant, `hive send --topic ${name} "<text>"`].join(", or "),
  );
}

export function wroteItself(session: SessionId): Refusal {
  return refusal(
    "same_session",
    `${session} cannot send a message to itself.`,
    'Write to every session: hive broadcast "<text>"',
  );
}

export function unknownMessage(id: string): Refusal {
  return refusal(
    "unknown_message",
    `No message ${id} is among the newest messages of this hub.`,
    "See the messages and their ids: hive inbox --all",
  );
}

/** For a search that also covered the older messages. */
export function noSuchMessage(id: string): Refusal {
  return refusal(
    "unknown_message",
    `No message ${id} is in this hub.`,
    'Search for the message: hive search --all "<words>"',
  );
}

export function ambiguousMessage(text: string, found: readonly Message[]): Refusal {
  const candidates = found.map(({ id, body }) => ({ id, text: body }));
  return refusal("ambiguous_message", `${text} matches ${found.length} messages.`, chooseFrom(candidates));
}

/** Otherwise two sessions could acknowledge each other without end. */
export function acknowledgedAlready({ id, from }: Message): Refusal {
  return refusal(
    "already_acknowledged",
    `${id} is itself an acknowledgement by ${from} and needs no other.`,
    `Nothing is left to do. To add a message: hive reply ${id} "<text>"`,
  );
}

export function notFollowed(session: SessionId): Refusal {
  return refusal(
    "not_a_topic",
    `${session} is a session, not a topic: your inbox shows its messages to you without following it.`,
    `To follow the topic of that name: hive follow "#${session}"`,
  );
}

export function mutedItself(session: SessionId): Refusal {
  return refusal("same_session", `${session} cannot mute itself.`, 'Mute a topic: hive mute "#<topic>"');
}

export function tooMany(list: "follows" | "mutes", limit: number): Refusal {
  const command = list === "follows" ? "follow" : "mute";
  return refusal(
    "too_many",
    `A session ${command}s at most ${limit} topics, conversations and sessions.`,
    `Remove one: hive un${command} "#<topic>"`,
  );
}
