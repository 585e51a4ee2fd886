import type { Settings } from "../hub/settings.ts";
import type { Message } from "../messages/message.ts";
import type { Author } from "../operation.ts";
import type { Snapshot } from "../snapshot.ts";
import { inOrderOf } from "../values/order.ts";
import { formatAge, secondsBetween } from "../values/time.ts";
import type { Collaboration } from "./collaboration.ts";
import { isOpen } from "./moves.ts";
import { isOverdue } from "./overdue.ts";

type State = Pick<Snapshot, "settings" | "collaborations">;

/** The requests without an answer in time, with the status expired. */
export function expiredRequests(state: State, by: Author): Collaboration[] {
  return inOrder(state)
    .filter((request) => isOverdue(request, state.settings, by.at))
    .map((request) => ({
      ...request,
      status: "expired" as const,
      updated_at: by.at,
      history: [...request.history, { status: "expired" as const, session: by.session, at: by.at }],
    }));
}

/** The requests that ended so long ago that they move to the archive. */
export function archivedRequests(state: State, { at }: Author): Collaboration[] {
  const { archive_after } = state.settings.requests;
  return inOrder(state).filter(
    (request) => !isOpen(request) && secondsBetween(request.updated_at, at) > archive_after,
  );
}

/** The requests sorted by id, so that the result does not depend on the order of reading. */
function inOrder({ collaborations }: State): Collaboration[] {
  return [...collaborations.values()].sort(inOrderOf(({ request_id }) => request_id));
}

/** The message to the requester. It quotes no text of the request, because the bot is its author. */
export function noticeOf(request: Collaboration, settings: Settings, by: Author): Message {
  const { request_id, from_session, to_session, deadline, created_at } = request;
  const again = to_session ?? "--to-capability <skill>";
  const answer = to_session === null ? "No session answered" : `${to_session} did not answer`;
  const limit =
    deadline === undefined ? `within ${formatAge(settings.requests.expire_after)}` : `by ${deadline}`;
  return {
    id: by.op,
    from: by.session,
    to: from_session,
    priority: request.urgency,
    sent_at: by.at,
    subject: `Request ${request_id} expired`,
    request_id,
    body: [
      `${answer} ${request_id}, made at ${created_at}, ${limit}: it has expired.`,
      `Ask again: hive request ${again} "<text>". Or find another session: hive match "<task>"`,
    ].join("\n"),
  };
}
