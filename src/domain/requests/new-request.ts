import type { FileChange } from "../decision.ts";
import { putRecord } from "../decision.ts";
import { collaborationPath } from "../hub/layout.ts";
import { type Announced, announcingSubject } from "../messages/announcement.ts";
import type { Message } from "../messages/message.ts";
import type { Author } from "../operation.ts";
import type { Refusal } from "../refusal.ts";
import { RequestId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { secondsBetween, toSeconds } from "../values/time.ts";
import { Collaboration } from "./collaboration.ts";
import { pastDeadline } from "./refusals.ts";

/** The fields that the requester gives; the others follow from the author and the instant. */
type RequestFields = Pick<
  Collaboration,
  "to_session" | "to_capability" | "request" | "urgency" | "deadline" | "handoff"
>;

/** A new request with its first step. The message that announces it has the operation's id. */
export function newRequest(
  fields: RequestFields,
  by: Author,
  taken: ReadonlyMap<RequestId, unknown>,
): Collaboration {
  const { to_session, to_capability, request, urgency, deadline, handoff } = fields;
  return {
    request_id: requestId(by, taken),
    from_session: by.session,
    to_session,
    ...(to_capability === undefined ? {} : { to_capability }),
    request,
    urgency,
    status: "pending",
    created_at: by.at,
    updated_at: by.at,
    ...(deadline === undefined ? {} : { deadline }),
    message_id: by.op,
    ...(handoff === undefined ? {} : { handoff }),
    history: [{ status: "pending", session: by.session, at: by.at }],
  };
}

/** Refuses a deadline that has passed. */
export function refuseDeadline(deadline: Instant | undefined, at: Instant): Refusal | undefined {
  return deadline === undefined || secondsBetween(at, deadline) > 0 ? undefined : pastDeadline(deadline, at);
}

/** An id that is not in use. Its random part is the end of the operation's id, so that a replay makes the same id. */
function requestId({ op, at }: Author, taken: ReadonlyMap<RequestId, unknown>): RequestId {
  const withRandom = (length: number) =>
    RequestId.parse(`collab-${toSeconds(at)}-${op.slice(-length).toLowerCase()}`);
  return [4, 8].map(withRandom).find((id) => !taken.has(id)) ?? withRandom(16);
}

/** The message that announces a new request to its addressee, or an open one to all so that it is on the board. */
export function announce(request: Collaboration, what: Announced, by: Author): Message {
  return {
    id: by.op,
    from: by.session,
    to: request.to_session ?? "all",
    priority: request.urgency,
    sent_at: by.at,
    subject: announcingSubject(what, request.request_id),
    request_id: request.request_id,
    body: request.request,
  };
}

/** The file of a new or changed request that is not archived. */
export function putRequest(request: Collaboration): FileChange {
  return putRecord(collaborationPath(request.request_id), Collaboration, request);
}
