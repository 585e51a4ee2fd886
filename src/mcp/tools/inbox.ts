import type { Collaboration } from "../../domain/collaboration.ts";
import type { Message } from "../../domain/message.ts";
import { inbox as inboxView } from "../../domain/queries/inbox.ts";
import * as z from "../../domain/z.ts";
import type { Desk } from "../desk.ts";
import { saidBy } from "../said.ts";
import { defineTool } from "../tool.ts";

const USUAL = 20;

/** What is addressed to whoever asks. */
export async function mail(desk: Desk, limit = USUAL): Promise<object> {
  const { state, sight } = await desk.read(["sessions", "messages", "collaborations"]);
  const view = inboxView(state, await desk.session(), limit, desk.now);
  return {
    you: view.session,
    unread: view.unread,
    requests: view.requests.map(describeRequest),
    messages: view.messages.map(describeMessage),
    asked: view.asked.map(describeRequest),
    ...sight,
  };
}

/** A request as it is shown to a model. */
export function describeRequest(request: Collaboration): object {
  const { request_id, to_session, status, urgency, created_at, history } = request;
  const last = history.at(-1);
  return {
    request_id,
    status,
    urgency,
    to_session,
    created_at,
    ...saidBy(request.from_session, request.request),
    ...(last?.note === undefined ? {} : { answer: saidBy(last.session, last.note) }),
  };
}

function describeMessage({ id, from, to, priority, sent_at, body }: Message): object {
  return { id, to, priority, sent_at, ...saidBy(from, body) };
}

export const inbox = defineTool({
  name: "inbox",
  description: "Requests waiting for you, messages to you, and what became of what you asked.",
  isReading: true,
  input: z.strictObject({ limit: z.optional(z.int().check(z.minimum(1), z.maximum(100))) }),
  output: z.object({
    unread: z.number(),
    requests: z.array(z.object({ request_id: z.string(), from: z.string(), untrusted_text: z.string() })),
    messages: z.array(z.object({ id: z.string(), from: z.string(), untrusted_text: z.string() })),
  }),
  run: (desk, { limit }) => mail(desk, limit),
});
