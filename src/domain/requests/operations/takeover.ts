import { change } from "../../decision.ts";
import { putMessages } from "../../messages/write.ts";
import { type Author, defineOperation } from "../../operation.ts";
import type { Refusal } from "../../refusal.ts";
import { presenceOf } from "../../sessions/presence.ts";
import { askedItself, unknownSession } from "../../sessions/refusals.ts";
import type { Snapshot } from "../../snapshot.ts";
import { SessionId } from "../../values/ids.ts";
import { inOrderOf } from "../../values/order.ts";
import { toInstant } from "../../values/time.ts";
import * as z from "../../values/z.ts";
import type { Collaboration } from "../collaboration.ts";
import { nothingToTakeOver, notOffline } from "../handover-refusals.ts";
import { isHeldBy } from "../holder.ts";
import { hasRoom, passOn } from "../moves.ts";
import { putRequest } from "../new-request.ts";
import { notifyRequesters } from "../notify-requesters.ts";
import { quoteWords } from "../words.ts";

type State = Pick<Snapshot, "settings" | "sessions" | "heartbeats" | "collaborations">;

/**
 * Takes over all requests that an offline session holds, in one commit, and sends a message to each requester. Requests
 * that the author made itself are not moved.
 */
export const takeover = defineOperation({
  kind: "takeover",
  by: "registered",
  reads: ["settings", "sessions", "heartbeats", "collaborations", "messages"],
  input: z.object({ session: SessionId }),
  decide(state, { session }, by) {
    const refused = refuseTakeover(state, session, by);
    if (refused) return refused;
    const last = state.heartbeats.get(session)?.last_heartbeat;
    const note = last === undefined ? undefined : `${session} was last alive at ${last}.`;
    const taken = takeable(state, session, by).map((request) =>
      passOn(request, { session: by.session, at: by.at, note }),
    );
    if (taken.length === 0) return nothingToTakeOver(session);
    const files = [
      ...taken.map(putRequest),
      ...putMessages(state, notifyRequesters(state, taken, session, by)),
    ];
    const names = taken.map((request) => `${request.request_id} ${quoteWords(request)}`);
    const named = names.length > 3 ? `${names.length} requests` : names.join(", ");
    return change(`takeover ${session}: ${by.session} has ${named}`, files, { session, taken_over: taken });
  },
});

function refuseTakeover(state: State, session: SessionId, by: Author): Refusal | undefined {
  if (!state.sessions.has(session)) return unknownSession(session, state.sessions.keys());
  if (session === by.session) return askedItself(session);
  const heartbeat = state.heartbeats.get(session);
  const presence = presenceOf(heartbeat, by.at, state.settings);
  if (heartbeat === undefined || presence === "offline") return undefined;
  const { offline_after } = state.settings.heartbeat;
  return notOffline(
    session,
    presence,
    toInstant(Date.parse(heartbeat.last_heartbeat) + (offline_after + 1) * 1000),
  );
}

/** The requests to take over, in the order of their ids. */
function takeable({ collaborations }: State, session: SessionId, by: Author): Collaboration[] {
  return [...collaborations.values()]
    .filter((each) => isHeldBy(each, session) && each.from_session !== by.session && hasRoom(each))
    .sort(inOrderOf(({ request_id }) => request_id));
}
