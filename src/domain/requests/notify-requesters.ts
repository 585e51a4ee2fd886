import type { Message } from "../messages/message.ts";
import type { Author } from "../operation.ts";
import type { Snapshot } from "../snapshot.ts";
import type { SessionId } from "../values/ids.ts";
import { ulidsFrom } from "../values/ulid.ts";
import type { Collaboration } from "./collaboration.ts";

/** A message to each requester about the new holder, one for each request. Unregistered requesters get none. */
export function notifyRequesters(
  { sessions }: Pick<Snapshot, "sessions">,
  taken: readonly Collaboration[],
  from: SessionId,
  by: Author,
): Message[] {
  const announced = taken.filter(
    ({ from_session }) => from_session !== by.session && sessions.has(from_session),
  );
  const ids = ulidsFrom(by.op, announced.length);
  return announced.flatMap(({ request_id, from_session, urgency }, index) => {
    const id = ids[index];
    if (id === undefined) return [];
    const body = `${by.session} has taken over ${request_id} from ${from}.`;
    const subject = `Request ${request_id} is with ${by.session}`;
    return [
      {
        ...{ id, from: by.session, to: from_session, priority: urgency, sent_at: by.at },
        ...{ subject, request_id, body },
      },
    ];
  });
}
