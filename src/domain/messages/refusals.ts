import type { Refusal } from "../refusal.ts";
import type { Need } from "../sessions/session.ts";
import { chooseFrom } from "../values/candidates.ts";
import { quoteOthers } from "../values/framed.ts";
import type { SessionId } from "../values/ids.ts";
import { nearNames } from "../values/near.ts";
import { isStartOfAll } from "../values/reference.ts";
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

/** The name of a person is free of sessions, so that nobody takes a message for that of a session. */
export function notAPerson(name: SessionId): Refusal {
  return refusal(
    "not_a_person",
    `${name} is or was the name of a session, so no person can write under it.`,
    "Write under another name: --as <name>",
  );
}

/** Somebody else answered, or the session asks something else by now. */
export function questionGone(session: SessionId, needs: Need | undefined): Refusal {
  const now =
    needs === undefined
      ? "no longer asks: its question was answered or taken back"
      : `asks something else by now: ${quoteOthers(needs.question, 80)}`;
  return refusal("question_gone", `${session} ${now}.`, "See what sessions ask now: hive needs");
}

export function noSuchOption(session: SessionId, number: string, options: readonly string[]): Refusal {
  return refusal(
    "no_such_option",
    `${session}'s question has the options 1 to ${options.length}, and no option ${number}.`,
    `See them: hive needs. Or answer in words: hive tell ${session} "<answer>"`,
  );
}

/** A person has no inbox. */
export function answeredPerson(person: SessionId): Refusal {
  return refusal(
    "not_a_session",
    `${person} is a person and no session, so no inbox gets a reply.`,
    'Ask your human: hive needs "<question>"',
  );
}

export function unknownMessage(id: string): Refusal {
  return refusal(
    "unknown_message",
    isStartOfAll(id)
      ? `Every request's id starts with ${id}: give more of it, or its end.`
      : `No message ${/\s/u.test(id) ? JSON.stringify(id) : id} is among the newest messages of this hub.`,
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
