import type { Collaboration } from "../collaboration.ts";
import { change, putJson } from "../decision.ts";
import { RequestId, SessionId } from "../ids.ts";
import type { Message } from "../message.ts";
import { defineOperation, type Wisher } from "../operation.ts";
import { collaborationPath } from "../paths.ts";
import { askedItself, unknownSession } from "../refusals.ts";
import { Text } from "../text.ts";
import { toSeconds } from "../time.ts";
import { Urgency } from "../urgency.ts";
import { firstLine } from "../visible.ts";
import { putMessages } from "../writes.ts";
import * as z from "../z.ts";

const Input = z.object({ to: SessionId, text: Text, urgency: Urgency });
type Input = z.infer<typeof Input>;

/** A tracked request to one session, and the message that tells it. */
export const request = defineOperation({
  kind: "request",
  by: "registered",
  reads: ["sessions", "collaborations", "messages"],
  input: Input,
  decide(state, input, by) {
    if (!state.sessions.has(input.to)) return unknownSession(input.to, state.sessions.keys());
    if (input.to === by.session) return askedItself(by.session);
    const collaboration = openRequest(input, by, state.collaborations);
    const message = announce(collaboration, by);
    const files = [
      putJson(collaborationPath(collaboration.request_id), collaboration),
      ...putMessages(state, [message]),
    ];
    const subject = `request ${collaboration.request_id}: ${by.session} asks ${input.to}: ${firstLine(input.text, 60)}`;
    return change(subject, files, { collaboration, message });
  },
});

function openRequest(input: Input, by: Wisher, taken: ReadonlyMap<RequestId, unknown>): Collaboration {
  return {
    request_id: requestId(by, taken),
    from_session: by.session,
    to_session: input.to,
    request: input.text,
    urgency: input.urgency,
    status: "pending",
    created_at: by.at,
    updated_at: by.at,
    message_id: by.op,
    history: [{ status: "pending", session: by.session, at: by.at }],
  };
}

/** Random characters come from the operation's own id, so a replay makes the same request; more of them if taken. */
function requestId({ op, at }: Wisher, taken: ReadonlyMap<RequestId, unknown>): RequestId {
  const withRandom = (length: number) =>
    RequestId.parse(`collab-${toSeconds(at)}-${op.slice(-length).toLowerCase()}`);
  return [4, 8].map(withRandom).find((id) => !taken.has(id)) ?? withRandom(16);
}

function announce({ request_id, to_session, request: text, urgency }: Collaboration, by: Wisher): Message {
  return {
    id: by.op,
    from: by.session,
    to: to_session ?? "all",
    priority: urgency,
    sent_at: by.at,
    subject: `Request ${request_id}`,
    request_id,
    body: text,
  };
}
