import type { Profile } from "../sessions/session.ts";
import type { Snapshot } from "../snapshot.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import type { Collaboration } from "./collaboration.ts";
import { waitsFor } from "./waits-for.ts";

/** Whose answer a request waits for, and which of them their inbox has shown it. */
export interface Receipt {
  readonly waiting_for: readonly SessionId[];
  readonly seen_by: readonly SessionId[];
}

/** The receipt of a request that nobody has answered; undefined for any other, and where no message says what was shown. */
export function receiptOf(
  request: Collaboration,
  state: Pick<Snapshot, "sessions">,
  now: Instant,
): Receipt | undefined {
  const { status, to_session, message_id } = request;
  if (status !== "pending" || message_id === undefined) return undefined;
  const asked = to_session === null ? [...state.sessions.keys()] : [to_session];
  const waiting_for = asked.filter((session) => waitsFor(request, session, state, now)).sort();
  return {
    waiting_for,
    seen_by: waiting_for.filter((session) => isSeen(request, state.sessions.get(session))),
  };
}

/** `not seen yet`, `seen`, or of an open request by how many: `seen by 1 of 3`. */
export function describeReceipt({ waiting_for, seen_by }: Receipt, isOpen: boolean): string {
  if (!isOpen) return seen_by.length > 0 ? "seen" : "not seen yet";
  return waiting_for.length === 0
    ? "nobody is there for it yet"
    : `seen by ${seen_by.length} of ${waiting_for.length}`;
}

/** Whether a session's inbox has shown it the message that tells a request, as its profile says; false where nobody can know. */
export function isSeen(
  { message_id }: Pick<Collaboration, "message_id">,
  profile: Pick<Profile, "read"> | undefined,
): boolean {
  const read = profile?.read;
  if (message_id === undefined || read === undefined) return false;
  return message_id <= read.until || read.also.includes(message_id);
}
