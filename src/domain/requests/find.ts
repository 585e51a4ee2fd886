import type { Settings } from "../hub/settings.ts";
import type { Author } from "../operation.ts";
import type { Refusal } from "../refusal.ts";
import type { Snapshot } from "../snapshot.ts";
import { Evidence } from "../values/evidence.ts";
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

/** The id of a request, or a unique start of one. */
export const RequestPrefix = z.string().check(z.minLength(1, "the request id is empty"));

/** The input of every move of a request. */
export const MoveInput = z.object({ request: RequestPrefix, note: z.optional(Note) });

export const CompleteInput = z.extend(MoveInput, { evidence: z.optional(Evidence) });

/** The request, not archived, that a prefix names. Refused when no request or more than one matches. */
export function findRequest(
  { collaborations }: Pick<Snapshot, "collaborations">,
  prefix: string,
): { collaboration: Collaboration } | Refusal {
  const found = [...collaborations.values()].filter(({ request_id }) => request_id.startsWith(prefix));
  const exact = found.find(({ request_id }) => request_id === prefix);
  const [first, second] = exact ? [exact] : found;
  if (!first) return unknownRequest(prefix);
  if (!second) return { collaboration: first };
  return ambiguousRequest(
    prefix,
    found.map(({ request_id }) => request_id),
  );
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
