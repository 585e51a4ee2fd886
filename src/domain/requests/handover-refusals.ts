import { type Refusal, refusal } from "../refusal.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import type { Collaboration } from "./collaboration.ts";
import { addresseeOf, isHeld } from "./holder.ts";
import { isOpen } from "./moves.ts";
import { inWords, legalNow } from "./refusals.ts";

/** A session can hand over only a request that it has accepted. */
export function notHeld(request: Collaboration, session: SessionId): Refusal {
  return refusal(
    "not_held",
    `${session} cannot hand over ${request.request_id}: ${whoHas(request)}.`,
    legalNow(request, session) ?? "See your requests: hive inbox",
  );
}

/** The session that offered the handover no longer holds the request. */
export function handoffVoid(handoff: Collaboration, request: Collaboration | undefined): Refusal {
  const { request_id, from_session, handoff: bundle } = handoff;
  const state = request ? whoHas(request) : "it is no longer open";
  return refusal(
    "handoff_void",
    `Cannot accept ${request_id}: ${from_session} no longer holds ${bundle?.request}; ${state}.`,
    `Decline the handover: hive decline ${request_id}`,
  );
}

/** Who has a request, or how it ended. */
function whoHas({ status, to_session }: Collaboration): string {
  if (isHeld(status)) return `${to_session ?? "no session"} holds it`;
  if (status !== "pending") return `it is ${inWords(status)}`;
  return to_session === null ? "no session holds it yet" : `${to_session} has not accepted it yet`;
}

/** The session offers the request to somebody already. */
export function alreadyOffered({ request_id }: Collaboration, handover: Collaboration): Refusal {
  return refusal(
    "already_offered",
    `${request_id} is offered already: ${handover.request_id}, to ${addresseeOf(handover)}.`,
    `To offer it anew, take that back first: hive cancel ${handover.request_id}`,
  );
}

/** The requester cannot do the work, because it would answer its own request. */
export function ownRequest({ request_id }: Collaboration, session: SessionId): Refusal {
  return refusal(
    "own_request",
    `${session} made the request ${request_id} itself.`,
    "Another session must take it. See the sessions: hive sync",
  );
}

/** Work can be taken only from a session that is silent; any other session must hand it over or give it back. */
export function notOffline(
  session: SessionId,
  presence: string,
  silentAt: Instant,
  request?: Collaboration,
): Refusal {
  const now =
    request === undefined
      ? `Until then, ask for a handover: hive request ${session} "Hand over your requests: hive handoff <me> --request <request>". Or now: hive takeover ${session} --force`
      : `Until then, ask: hive send ${session} "Do you still work on ${request.request_id}?" --intent ask. Or now: hive reclaim ${request.request_id} --force`;
  return refusal(
    "not_offline",
    `${session} is ${presence}: its work can be taken over from ${silentAt} on, if it stays silent.`,
    now,
  );
}

/** The requester cannot do its own work, but it can take it back. */
export function nothingToTakeOver(session: SessionId, own: readonly Collaboration[]): Refusal {
  const [first] = own;
  if (first === undefined)
    return refusal(
      "nothing_open",
      `${session} holds no open request that you can take over.`,
      "See the sessions: hive sync",
    );
  const ids = own.map(({ request_id }) => request_id).join(", ");
  return refusal(
    "nothing_open",
    `${session} has no open request but those that you made yourself: ${ids}.`,
    `Take them back: hive reclaim ${first.request_id}`,
  );
}

/** Only a request that a session has can be taken back. */
export function notReclaimable(request: Collaboration, session: SessionId): Refusal {
  const { request_id, status, to_session } = request;
  if (to_session === null && isOpen(request))
    return refusal(
      "not_reclaimable",
      `Nothing to take back: ${request_id} is open, no session has it, and any session may accept it.`,
      `To ask one session instead: hive cancel ${request_id}, then hive request <session> "<text>"`,
    );
  return refusal(
    "not_reclaimable",
    `Cannot take back ${request_id}: it is ${inWords(status)}.`,
    legalNow(request, session) ?? 'The request has ended. Ask again: hive request <session> "<text>"',
  );
}

/** Only the requester takes a request back; others take it over. */
export function notYourRequest(
  { request_id, from_session, to_session }: Collaboration,
  session: SessionId,
): Refusal {
  return refusal(
    "wrong_party",
    `${session} may not take back ${request_id}: ${from_session} asked, and only ${from_session} may.`,
    to_session === null || to_session === session
      ? "See your requests: hive inbox"
      : `To take it over: hive takeover ${to_session}`,
  );
}
