import type { Settings } from "../hub/settings.ts";
import type { Author } from "../operation.ts";
import type { Refusal } from "../refusal.ts";
import type { Snapshot } from "../snapshot.ts";
import { Evidence } from "../values/evidence.ts";
import { isReference } from "../values/reference.ts";
import { Note } from "../values/text.ts";
import * as z from "../values/z.ts";
import type { Collaboration } from "./collaboration.ts";
import { hasRoom, isLegal, isMoveOf, type Move } from "./moves.ts";
import { dueAt, isOverdue } from "./overdue.ts";
import {
  alreadyDeclined,
  ambiguousRequest,
  illegalMove,
  overdue,
  recordFull,
  unknownRequest,
  wrongParty,
} from "./refusals.ts";

/** The id of a request or of its message, or a unique start or end of one. */
export const RequestPrefix = z.string().check(z.minLength(1, "the request id is empty"));

/** The input of every move of a request. */
export const MoveInput = z.object({ request: RequestPrefix, note: z.optional(Note) });

export const CompleteInput = z.extend(MoveInput, { evidence: z.optional(Evidence) });

/** The request, not archived, that a text names. Refused when no request or more than one matches. */
export function findRequest(
  { collaborations }: Pick<Snapshot, "collaborations">,
  text: string,
): { collaboration: Collaboration } | Refusal {
  const found = requestsNamed(collaborations.values(), text);
  const [first, second] = found;
  if (!first) return unknownRequest(text);
  return second ? ambiguousRequest(text, found) : { collaboration: first };
}

/** The requests that a text names: by their own id, or by the id of the message that announced them. */
export function requestsNamed(requests: Iterable<Collaboration>, text: string): Collaboration[] {
  const found = [...requests].filter(({ request_id, message_id }) =>
    [request_id, message_id ?? ""].some((id) => id !== "" && isReference(text, id)),
  );
  const exact = found.find(({ request_id, message_id }) => request_id === text || message_id === text);
  return exact ? [exact] : found;
}

/** Why a session may not move a request now; undefined when it may. */
export function refuseMove(
  request: Collaboration,
  move: Move,
  { session, at }: Pick<Author, "session" | "at">,
  settings: Settings,
): Refusal | undefined {
  if (!isMoveOf(request, move, session)) return wrongParty(request, move, session);
  if (!isLegal(request.status, move)) return illegalMove(request, move, session);
  if (move === "accept" && isOverdue(request, settings, at))
    return overdue(request, dueAt(request, settings));
  if (move !== "decline" || request.to_session !== null) return undefined;
  const hasDeclined = request.history.some((step) => step.declined === true && step.session === session);
  if (hasDeclined) return alreadyDeclined(request, session);
  return hasRoom(request) ? undefined : recordFull(request);
}
