import type { Dated } from "../domain/inbox/inbox.ts";
import type { Message } from "../domain/messages/message.ts";
import { saidBy } from "./untrusted.ts";

/** Describes a request for a model: the text, the requester, and the last note. */
export function describeRequest(request: Dated): object {
  const { request_id, status, urgency, to_session, to_capability, created_at, deadline } = request;
  const { from_session, handoff, evidence, history } = request;
  const last = history.at(-1);
  return {
    ...{ request_id, status, urgency, to_session, to_capability, created_at, deadline },
    hands_over: handoff && (handoff.request ?? "work"),
    ...saidBy(from_session, request.request, `hive thread ${request_id}`),
    answer: last?.note === undefined ? undefined : saidBy(last.session, last.note, "hive inbox --json"),
    evidence,
    overdue: request.overdue,
  };
}

/** Describes a message for a model. */
export function describeMessage({
  id,
  from,
  to,
  priority,
  intent,
  reply_to,
  sent_at,
  body,
}: Message): object {
  return { id, to, priority, intent, reply_to, sent_at, ...saidBy(from, body, `hive thread ${id}`) };
}
