import { change } from "../../decision.ts";
import { putMessages } from "../../messages/write.ts";
import { type Author, defineOperation } from "../../operation.ts";
import type { Refusal } from "../../refusal.ts";
import { tookFromItself, unknownSession } from "../../sessions/refusals.ts";
import type { Snapshot } from "../../snapshot.ts";
import { SessionId } from "../../values/ids.ts";
import { inOrderOf } from "../../values/order.ts";
import { ulidsFrom } from "../../values/ulid.ts";
import * as z from "../../values/z.ts";
import type { Collaboration } from "../collaboration.ts";
import { nothingToTakeOver } from "../handover-refusals.ts";
import { isHeldBy } from "../holder.ts";
import { hasRoom, isOpen, passOn } from "../moves.ts";
import { putRequest } from "../new-request.ts";
import { notifyFormer } from "../notify-former.ts";
import { notifyRequesters } from "../notify-requesters.ts";
import { describeSilence, refuseWhilePresent } from "../silence.ts";
import { quoteWords } from "../words.ts";

type State = Pick<Snapshot, "settings" | "sessions" | "heartbeats" | "collaborations">;

/**
 * Takes over all requests that a silent session holds, in one commit, and sends a message to that session and to each
 * requester. Requests that the author made itself are not moved. With `force`, also from a session that is not silent.
 */
export const takeover = defineOperation({
  kind: "takeover",
  by: "registered",
  reads: ["settings", "sessions", "heartbeats", "collaborations", "messages"],
  input: z.object({ session: SessionId, force: z.optional(z.boolean()) }),
  decide(state, { session, force }, by) {
    const refused = refuseTakeover(state, session, force === true, by);
    if (refused) return refused;
    const note = describeSilence(state, session);
    const held = takeable(state, session);
    const taken = held
      .filter(({ from_session }) => from_session !== by.session)
      .map((request) => passOn(request, { session: by.session, at: by.at, note }));
    if (taken.length === 0) return nothingToTakeOver(session, reclaimable(state, session, by));
    const told = notifyRequesters(state, taken, session, by);
    const id = ulidsFrom(by.op, told.length + 1).at(-1) ?? by.op;
    const files = [
      ...taken.map(putRequest),
      ...putMessages(state, [...told, ...notifyFormer(state, session, taken, "took over", by, id)]),
    ];
    const names = taken.map((request) => `${request.request_id} ${quoteWords(request)}`);
    const named = names.length > 3 ? `${names.length} requests` : names.join(", ");
    return change(`takeover ${session}: ${by.session} has ${named}`, files, { session, taken_over: taken });
  },
});

function refuseTakeover(
  state: State,
  session: SessionId,
  isForced: boolean,
  by: Author,
): Refusal | undefined {
  if (!state.sessions.has(session)) return unknownSession(session, state.sessions.keys());
  if (session === by.session) return tookFromItself(session);
  return isForced ? undefined : refuseWhilePresent(state, session, by.at);
}

/** The author's own requests that a session has, accepted or not: the author can take them back. */
function reclaimable({ collaborations }: State, session: SessionId, by: Author): Collaboration[] {
  return [...collaborations.values()]
    .filter((each) => each.to_session === session && each.from_session === by.session && isOpen(each))
    .sort(inOrderOf(({ request_id }) => request_id));
}

/** The requests that a session holds and that have room for another step, in the order of their ids. */
function takeable({ collaborations }: State, session: SessionId): Collaboration[] {
  return [...collaborations.values()]
    .filter((each) => isHeldBy(each, session) && hasRoom(each))
    .sort(inOrderOf(({ request_id }) => request_id));
}
