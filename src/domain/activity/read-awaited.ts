import { findMessage } from "../messages/find.ts";
import type { Refusal } from "../refusal.ts";
import { requestsNamed } from "../requests/find.ts";
import { ambiguousRequest, unknownRequest } from "../requests/refusals.ts";
import type { Snapshot } from "../snapshot.ts";
import { type SessionId, Ulid } from "../values/ids.ts";
import { isReference } from "../values/reference.ts";
import { isSessionId } from "../values/session-id.ts";
import type { Awaited } from "./await.ts";

type State = Pick<Snapshot, "sessions" | "collaborations" | "archived" | "messages">;

export interface AwaitOptions {
  readonly untilEnded: boolean;
  readonly from: SessionId | undefined;
}

/**
 * Reads what to wait for from a word: `request`, `message`, a session, or the id of a request, a message or an open
 * question to a human, or a start or end of one. Undefined for any other word. A refusal if a request's id matches no request, or a part of an id several.
 */
export function readAwaited(
  word: string,
  state: State,
  { untilEnded, from }: AwaitOptions,
): Awaited | Refusal | undefined {
  if (word === "request") return { kind: "any request", word };
  if (word === "message") return { kind: "any message", word, from };
  if (Ulid.safeParse(word).success) return { kind: "reply", word, id: word };
  const session = isSessionId(word) ? ({ kind: "session", word, id: word as SessionId } as const) : undefined;
  if (session !== undefined && state.sessions.has(session.id)) return session;
  const requests = new Map([...state.archived, ...state.collaborations]);
  const found = requestsNamed(requests.values(), word);
  const [request, second] = found;
  if (second !== undefined) return ambiguousRequest(word, found);
  if (request !== undefined) return { kind: "request", word, id: request.request_id, untilEnded };
  if (word.startsWith("collab-")) return unknownRequest(word);
  const message = findMessage(state.messages, word);
  if (!("kind" in message)) return { kind: "reply", word, id: message.message.id };
  if (message.code === "ambiguous_message") return message;
  const asked = [...state.sessions.values()].flatMap(({ needs }) => needs?.id ?? []);
  const [question, another] = asked.filter((id) => isReference(word, id));
  return question !== undefined && another === undefined ? { kind: "reply", word, id: question } : session;
}
