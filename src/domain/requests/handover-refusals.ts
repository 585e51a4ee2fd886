import { type Refusal, refusal } from "../refusal.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import type { Collaboration } from "./collaboration.ts";
import { inWords, legalNow } from "./refusals.ts";

/** Only what a session has accepted is its to hand over. */
export function notHeld(request: Collaboration, session: SessionId): Refusal {
  const { request_id, status, to_session } = request;
  const whose = to_session === null ? "nobody has it yet" : `it is ${inWords(status)}, for ${to_session}`;
  return refusal(
    "not_held",
    `${session} cannot hand over ${request_id}: ${whose}.`,
    legalNow(request, session) ?? "See what you have: hive inbox",
  );
}

/** What is handed over is not with whoever handed it over any more. */
export function handoffVoid(handoff: Collaboration, request: Collaboration | undefined): Refusal {
  const { request_id, from_session, handoff: bundle } = handoff;
  const stands = request
    ? `is ${inWords(request.status)}, for ${request.to_session ?? "nobody"}`
    : "is not open any more";
  return refusal(
    "handoff_void",
    `Cannot accept ${request_id}: ${bundle?.request} ${stands}, and no longer ${from_session}'s to hand over.`,
    `To say so: hive decline ${request_id}`,
  );
}

/** Who asked for something does not do it: it would answer itself. */
export function ownRequest({ request_id }: Collaboration, session: SessionId): Refusal {
  return refusal(
    "own_request",
    `${session} asked for ${request_id} itself.`,
    "Another has to take it. Who is there: hive sync",
  );
}

/** Only a session that is gone has its work taken over; any other is asked. */
export function notOffline(session: SessionId, presence: string, offlineAt: Instant): Refusal {
  return refusal(
    "not_offline",
    `${session} is ${presence}: its work can be taken over once it is offline, from ${offlineAt} unless it is heard of.`,
    `Until then ask for it: hive request ${session} "Hand over what you have: hive handoff <me> --from <request>"`,
  );
}

export function nothingToTakeOver(session: SessionId): Refusal {
  return refusal(
    "nothing_open",
    `${session} has no request that is open and that you could take over.`,
    "See who is there and what waits: hive sync",
  );
}
