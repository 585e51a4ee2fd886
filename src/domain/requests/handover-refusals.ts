import { type Refusal, refusal } from "../refusal.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import type { Collaboration } from "./collaboration.ts";
import { inWords, legalNow } from "./refusals.ts";

/** A session can hand over only a request that it has accepted. */
export function notHeld(request: Collaboration, session: SessionId): Refusal {
  const { request_id, status, to_session } = request;
  const whose =
    to_session === null ? "no session holds it yet" : `it is ${inWords(status)}, for ${to_session}`;
  return refusal(
    "not_held",
    `${session} cannot hand over ${request_id}: ${whose}.`,
    legalNow(request, session) ?? "See your requests: hive inbox",
  );
}

/** The session that offered the handover no longer holds the request. */
export function handoffVoid(handoff: Collaboration, request: Collaboration | undefined): Refusal {
  const { request_id, from_session, handoff: bundle } = handoff;
  const state = request
    ? `it is ${inWords(request.status)}, for ${request.to_session ?? "no session"}`
    : "it is no longer open";
  return refusal(
    "handoff_void",
    `Cannot accept ${request_id}: ${from_session} no longer holds ${bundle?.request}; ${state}.`,
    `Decline the handover: hive decline ${request_id}`,
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

/** Work can be taken over only from an offline session; any other session must hand it over. */
export function notOffline(session: SessionId, presence: string, offlineAt: Instant): Refusal {
  return refusal(
    "not_offline",
    `${session} is ${presence}: its work can be taken over when it is offline, at ${offlineAt} if it sends no heartbeat before.`,
    `Until then, ask for a handover: hive request ${session} "Hand over your requests: hive handoff <me> --request <request>"`,
  );
}

export function nothingToTakeOver(session: SessionId): Refusal {
  return refusal(
    "nothing_open",
    `${session} holds no open request that you can take over.`,
    "See the sessions: hive sync",
  );
}
