import type { Claim } from "../claims/claim.ts";
import { sortClaims } from "../claims/overlap.ts";
import type { Message } from "../messages/message.ts";
import type { Author } from "../operation.ts";
import type { Collaboration } from "../requests/collaboration.ts";
import { isHeld } from "../requests/holder.ts";
import { isOpen } from "../requests/moves.ts";
import type { Profile } from "../sessions/session.ts";
import type { Snapshot } from "../snapshot.ts";
import type { SessionId } from "../values/ids.ts";
import { inOrderOf } from "../values/order.ts";

type State = Pick<Snapshot, "sessions" | "collaborations" | "claims">;

/** What an operation reads that retires sessions: everything that they may hold, and where they are written down. */
export const READ_FOR_RETIREMENT = [
  "settings",
  "sessions",
  "registry",
  "retired",
  "heartbeats",
  "collaborations",
  "claims",
  "messages",
] as const;

/** What the retirement of sessions ends, and who is told of it. */
export interface Retirement {
  /** Their claims, live and lapsed. */
  readonly claims: readonly Claim[];
  /** Requests that they held or that waited for their answer, as they end: they go back to their requesters. */
  readonly returned: readonly Collaboration[];
  /** Their own requests that no session had accepted, as they end. */
  readonly withdrawn: readonly Collaboration[];
  /** The messages to the sessions that stay, each made with an id of its own. */
  readonly notices: readonly ((by: Author) => Message)[];
}

/**
 * What ends when sessions leave. Nothing that a session has accepted waits for a session that is gone: the request
 * expires, and its requester is told, so that it can ask another session. A request of theirs that another session has
 * accepted stays with that session, because its work may be useful to others.
 */
export function retirementOf(state: State, leaving: readonly Profile[], by: Author): Retirement {
  const gone = new Set<SessionId | null>(leaving.map(({ id }) => id));
  const open = [...state.collaborations.values()]
    .filter(isOpen)
    .sort(inOrderOf(({ request_id }) => request_id));
  const returned = open.filter(({ to_session }) => gone.has(to_session));
  const made = open.filter(({ from_session, to_session }) => gone.has(from_session) && !gone.has(to_session));
  const stays = (session: SessionId | null) =>
    session !== null && state.sessions.has(session) && !gone.has(session);
  return {
    claims: sortClaims(state.claims).filter(({ session }) => gone.has(session)),
    returned: returned.map((request) => endBy(request, request.to_session, by)),
    withdrawn: made
      .filter(({ status }) => !isHeld(status))
      .map((request) => endBy(request, request.from_session, by)),
    notices: [
      ...returned
        .filter(({ from_session }) => stays(from_session))
        .map((request) => (author: Author) => noticeToRequester(request, author)),
      ...made
        .filter(({ status, to_session }) => isHeld(status) && stays(to_session))
        .map((request) => (author: Author) => noticeToHolder(request, author)),
    ],
  };
}

function endBy(request: Collaboration, retired: SessionId | null, { session, at }: Author): Collaboration {
  const step = { status: "expired" as const, session, at, ...(retired === null ? {} : { retired }) };
  return { ...request, status: "expired", updated_at: at, history: [...request.history, step] };
}

/** The notices quote no text of a request, because the bot is their author. */
function noticeToRequester(request: Collaboration, by: Author): Message {
  const { request_id, from_session, to_session, to_capability, status } = request;
  const did = isHeld(status) ? "had accepted it" : "had not answered it";
  const again = to_capability === undefined ? 'hive match "<task>"' : 'hive need <skill> "<text>"';
  return {
    ...noticeOf(request, from_session, by),
    subject: `Request ${request_id} is yours again`,
    body: [
      `${to_session} was retired and ${did}: ${request_id} has expired.`,
      `Find another session: ${again}. What was done so far: hive log --request ${request_id}`,
    ].join("\n"),
  };
}

function noticeToHolder(request: Collaboration, by: Author): Message {
  const { request_id, from_session, to_session } = request;
  return {
    ...noticeOf(request, to_session ?? from_session, by),
    subject: `The requester of ${request_id} was retired`,
    body: [
      `${from_session} was retired and no longer waits for ${request_id}, which you have accepted.`,
      `If it is still of use, finish it: hive complete ${request_id} -m "<result>". Or hand it over: hive handoff <session> --request ${request_id} --goal "<text>"`,
    ].join("\n"),
  };
}

function noticeOf({ request_id, urgency }: Collaboration, to: SessionId, { op, session, at }: Author) {
  return { id: op, from: session, to, priority: urgency, sent_at: at, request_id };
}
