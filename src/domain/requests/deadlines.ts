import type { Settings } from "../hub/settings.ts";
import type { Message } from "../messages/message.ts";
import type { Snapshot } from "../snapshot.ts";
import type { SessionId, Ulid } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { inOrderOf } from "../values/order.ts";
import { formatAge, secondsBetween } from "../values/time.ts";
import type { Collaboration } from "./collaboration.ts";
import { isOpen } from "./moves.ts";

type State = Pick<Snapshot, "settings" | "collaborations">;
interface Teller {
  readonly op: Ulid;
  readonly session: SessionId;
  readonly at: Instant;
}

/** The requests that nobody answered in time, as they are once they have expired. */
export function expiredRequests(state: State, by: Teller): Collaboration[] {
  return inOrder(state)
    .filter((request) => request.status === "pending" && isPast(request, state.settings, by.at))
    .map((request) => ({
      ...request,
      status: "expired" as const,
      updated_at: by.at,
      history: [...request.history, { status: "expired" as const, session: by.session, at: by.at }],
    }));
}

/** The requests that ended so long ago that they leave the folder of open ones. */
export function archivedRequests(state: State, { at }: Teller): Collaboration[] {
  const { archive_after } = state.settings.requests;
  return inOrder(state).filter(
    (request) => !isOpen(request) && secondsBetween(request.updated_at, at) > archive_after,
  );
}

/** Whatever order they were read in, what is made of them is the same. */
function inOrder({ collaborations }: State): Collaboration[] {
  return [...collaborations.values()].sort(inOrderOf(({ request_id }) => request_id));
}

/** Its own deadline comes before what the settings say. */
function isPast({ deadline, created_at }: Collaboration, settings: Settings, now: Instant): boolean {
  if (deadline !== undefined) return secondsBetween(deadline, now) > 0;
  return secondsBetween(created_at, now) > settings.requests.expire_after;
}

/** What whoever asked is told. It quotes nothing: a text from the request would be said in the bot's name. */
export function noticeOf(request: Collaboration, settings: Settings, by: Teller): Message {
  const { request_id, from_session, to_session, deadline, created_at } = request;
  const again = to_session ?? "--to-capability <skill>";
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
      `${to_session ?? "Nobody"} did not answer ${request_id}, made at ${created_at}, ${limit}: it has expired.`,
      `Ask again: hive request ${again} "<text>". Or find somebody else: hive match "<task>"`,
    ].join("\n"),
  };
}
