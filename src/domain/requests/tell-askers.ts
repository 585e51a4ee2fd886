import type { Message } from "../messages/message.ts";
import type { Author } from "../operation.ts";
import type { Snapshot } from "../snapshot.ts";
import type { SessionId } from "../values/ids.ts";
import { ulidsFrom } from "../values/ulid.ts";
import type { Collaboration } from "./collaboration.ts";

/** What those who asked are told, one message each request: who has it now. Nobody is told who is not registered here. */
export function tellAskers(
  { sessions }: Pick<Snapshot, "sessions">,
  taken: readonly Collaboration[],
  from: SessionId,
  by: Author,
): Message[] {
  const told = taken.filter(({ from_session }) => from_session !== by.session && sessions.has(from_session));
  const ids = ulidsFrom(by.op, told.length);
  return told.flatMap(({ request_id, from_session, urgency }, index) => {
    const id = ids[index];
    if (id === undefined) return [];
    const body = `${by.session} has ${request_id} now, and no longer ${from}.`;
    const subject = `Request ${request_id} is with ${by.session}`;
    return [
      {
        ...{ id, from: by.session, to: from_session, priority: urgency, sent_at: by.at },
        ...{ subject, request_id, body },
      },
    ];
  });
}
