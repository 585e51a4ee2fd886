import type { Profile } from "../sessions/session.ts";
import type { Snapshot } from "../snapshot.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import type { Collaboration } from "./collaboration.ts";
import { waitsFor } from "./waits-for.ts";

/** The sessions whose answer a request waits for, and those of them whose inbox has shown the request. */
export interface Receipt {
  readonly waiting_for: readonly SessionId[];
  readonly seen_by: readonly SessionId[];
}

/** The receipt of a pending request; undefined for any other, and for a request that no message announced. */
export function receiptOf(
  request: Collaboration,
  state: Pick<Snapshot, "sessions" | "collaborations">,
  now: Instant,
): Receipt | undefined {
  const { status, to_session, message_id } = request;
  if (status !== "pending" || message_id === undefined) return undefined;
  const addressees = to_session === null ? [...state.sessions.keys()] : [to_session];
  const waiting_for = addressees.filter((session) => waitsFor(request, session, state, now)).sort();
  return {
    waiting_for,
    seen_by: waiting_for.filter((session) => isSeen(request, state.sessions.get(session))),
  };
}

/** The receipt in words: `not seen yet` or `seen`, and for an open request `seen by 1 of 3`. */
export function describeReceipt({ waiting_for, seen_by }: Receipt, isOpen: boolean): string {
  if (!isOpen) return seen_by.length > 0 ? "seen" : "not seen yet";
  return waiting_for.length === 0
    ? "no session can take it yet"
    : `seen by ${seen_by.length} of ${waiting_for.length}`;
}

/** Whether a session's profile says that its inbox has shown a request; false when the profile does not say. */
export function isSeen(
  { message_id }: Pick<Collaboration, "message_id">,
  profile: Pick<Profile, "read"> | undefined,
): boolean {
  const read = profile?.read;
  if (message_id === undefined || read === undefined) return false;
  return message_id <= read.until || read.also.includes(message_id);
}
