import type { Collaboration } from "../../domain/collaboration.ts";
import type { Message } from "../../domain/message.ts";
import { inbox as inboxView } from "../../domain/queries/inbox.ts";
import { markShown } from "../../domain/queries/mark-shown.ts";
import { joinReceipt } from "../../domain/read-marks.ts";
import * as z from "../../domain/z.ts";
import type { Desk } from "../desk.ts";
import { saidBy } from "../said.ts";
import { defineTool } from "../tool.ts";

const USUAL = 20;

/** What is addressed to whoever asks; that it was shown is told to who sent it, by the next write. */
export async function mail(desk: Desk, limit = USUAL, reads = false): Promise<object> {
  const session = await desk.session();
  const { state, sight } = await desk.read(["sessions", "messages", "collaborations"]);
  const before = joinReceipt(await desk.marks(session), state.sessions.get(session));
  const view = inboxView(state, session, before, desk.now);
  const messages = view.messages.slice(0, limit);
  const { requests } = view;
  await desk.keep(session, before, markShown(state, session, before, { messages, requests }, reads));
  return {
    you: session,
    unread: view.unread,
    requests: requests.map(describeRequest),
    messages: messages.map(describeMessage),
    asked: view.asked.map(describeRequest),
    unanswered: view.unanswered.map(describeMessage),
    ...sight,
  };
}

/** A request as it is shown to a model. */
export function describeRequest(request: Collaboration): object {
  const { request_id, to_session, to_capability, status, urgency, created_at, deadline, history } = request;
  const { message_id, handoff } = request;
  const last = history.at(-1);
  return {
    ...{ request_id, status, urgency, to_session, to_capability, created_at, deadline, message_id },
    ...saidBy(request.from_session, request.request),
    ...(handoff === undefined ? {} : { untrusted_bundle: handoff }),
    ...(last?.note === undefined ? {} : { answer: saidBy(last.session, last.note) }),
  };
}

function describeMessage({ id, from, to, priority, intent, reply_to, sent_at, body }: Message): object {
  return { id, to, priority, intent, reply_to, sent_at, ...saidBy(from, body) };
}

export const inbox = defineTool({
  name: "inbox",
  description: "Requests waiting for you, unread messages, and what became of what you asked.",
  isReading: true,
  input: z.strictObject({
    limit: z.optional(z.int().check(z.minimum(1), z.maximum(100))),
    mark_read: z.optional(z.boolean()),
  }),
  output: z.object({
    unread: z.number(),
    requests: z.array(z.object({ request_id: z.string(), from: z.string(), untrusted_text: z.string() })),
    messages: z.array(z.object({ id: z.string(), from: z.string(), untrusted_text: z.string() })),
  }),
  run: (desk, { limit, mark_read }) => mail(desk, limit, mark_read),
});
