import type { Collaboration } from "../collaboration.ts";
import type { SessionId } from "../ids.ts";
import type { Message } from "../message.ts";
import { isOpen } from "../moves.ts";
import { newestFirst } from "../newest-first.ts";
import type { Snapshot } from "../snapshot.ts";

export interface InboxView {
  readonly session: SessionId;
  /** To this session or to all, not from it, newest first. */
  readonly messages: readonly Message[];
  /** Pending and addressed to this session, oldest first: these wait for an answer. */
  readonly requests: readonly Collaboration[];
  /** Open requests this session made itself. */
  readonly asked: readonly Collaboration[];
  readonly unread: number;
}

/** What is addressed to a session. A request shows as a request, so its message is left out. */
export function inbox(
  state: Pick<Snapshot, "messages" | "collaborations">,
  session: SessionId,
  limit: number,
): InboxView {
  const open = [...state.collaborations.values()]
    .filter(isOpen)
    .sort((a, b) => (a.request_id < b.request_id ? -1 : 1));
  const requests = open.filter(({ to_session, status }) => to_session === session && status === "pending");
  const shown = new Set<string>(requests.map(({ request_id }) => request_id));
  const messages = state.messages
    .filter(({ from, to }) => from !== session && (to === session || to === "all"))
    .filter(({ request_id }) => request_id === undefined || !shown.has(request_id))
    .sort(newestFirst);
  return {
    session,
    messages: messages.slice(0, limit),
    requests,
    asked: open.filter(({ from_session }) => from_session === session),
    unread: messages.length + requests.length,
  };
}
