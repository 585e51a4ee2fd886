import type { Refusal } from "../refusal.ts";
import { ambiguousRequest, unknownRequest } from "../requests/refusals.ts";
import type { Snapshot } from "../snapshot.ts";
import { RequestId, type SessionId, Ulid } from "../values/ids.ts";
import { isSessionId } from "../values/session-id.ts";
import type { Awaited } from "./await.ts";

export interface AwaitOptions {
  readonly untilEnded: boolean;
  readonly from: SessionId | undefined;
}

/**
 * Reads what to wait for from a word: `request`, `message`, a request's id or its start, a message's id, or a
 * session. Undefined for any other word. A refusal if a request's id matches no request or several.
 */
export function readAwaited(
  word: string,
  state: Pick<Snapshot, "collaborations" | "archived">,
  { untilEnded, from }: AwaitOptions,
): Awaited | Refusal | undefined {
  if (word === "request") return { kind: "any request", word };
  if (word === "message") return { kind: "any message", word, from };
  if (Ulid.safeParse(word).success) return { kind: "reply", word, id: word };
  if (!word.startsWith("collab-"))
    return isSessionId(word) ? { kind: "session", word, id: word as SessionId } : undefined;
  const found = findIds(word, state);
  const [id, second] = found;
  if (id === undefined) return unknownRequest(word);
  if (second !== undefined) return ambiguousRequest(word, found);
  return { kind: "request", word, id, untilEnded };
}

function findIds(
  prefix: string,
  { collaborations, archived }: Pick<Snapshot, "collaborations" | "archived">,
): RequestId[] {
  const ids = [...new Set([...collaborations.keys(), ...archived.keys()])].filter((id) =>
    id.startsWith(prefix),
  );
  return ids.some((id) => id === prefix) ? [RequestId.parse(prefix)] : ids.sort();
}
