import { change, type Decision } from "../../decision.ts";
import { putMessages } from "../../messages/write.ts";
import { type Author, defineOperation } from "../../operation.ts";
import type { Snapshot } from "../../snapshot.ts";
import { firstLine } from "../../values/visible.ts";
import type { Collaboration } from "../collaboration.ts";
import { findRequest, MoveInput, refuseMove } from "../find.ts";
import { handoffVoid, ownRequest } from "../handover-refusals.ts";
import { isHeldBy } from "../holder.ts";
import { applyMove, hasRoom, passOn } from "../moves.ts";
import { putRequest } from "../new-request.ts";
import { notifyRequesters } from "../notify-requesters.ts";
import { recordFull } from "../refusals.ts";
import { quoteWords } from "../words.ts";

type State = Pick<Snapshot, "settings" | "sessions" | "collaborations" | "messages">;
interface Accepted {
  readonly collaboration: Collaboration;
  /** The request that moved to the session, if the accepted one is a handover of a request. */
  readonly taken_over: readonly Collaboration[];
}

/**
 * Accepts a request. The first session that accepts an open request becomes its holder. Accepting a handover also moves
 * the handed-over request in the same commit and completes the handover, because nothing else is left to do for it.
 */
export const accept = defineOperation({
  kind: "accept",
  by: "registered",
  reads: ["settings", "sessions", "collaborations", "messages"],
  input: MoveInput,
  decide(state, { request, note }, by): Decision<Accepted> {
    const found = findRequest(state, request);
    if ("kind" in found) return found;
    const refused = refuseMove(found.collaboration, "accept", by, state.settings);
    if (refused) return refused;
    if (found.collaboration.handoff?.request !== undefined)
      return takeHandoff(state, found.collaboration, by, note);
    const collaboration = applyMove(found.collaboration, "accept", { ...moverOf(by), note });
    const about = `${by.session} ${quoteWords(collaboration)}`;
    const subject = `accept ${collaboration.request_id}: ${about}${note ? `: ${firstLine(note, 60)}` : ""}`;
    return change(subject, [putRequest(collaboration)], { collaboration, taken_over: [] });
  },
});

function takeHandoff(
  state: State,
  handoff: Collaboration,
  by: Author,
  note: string | undefined,
): Decision<Accepted> {
  const { request_id, from_session } = handoff;
  const request = [...state.collaborations.values()].find(
    (each) => each.request_id === handoff.handoff?.request,
  );
  if (!request || !isHeldBy(request, from_session)) return handoffVoid(handoff, request);
  if (request.from_session === by.session) return ownRequest(request, by.session);
  if (!hasRoom(request)) return recordFull(request);
  const accepted = applyMove(handoff, "accept", { ...moverOf(by), note });
  const collaboration = applyMove(accepted, "complete", moverOf(by));
  const taken = passOn(request, moverOf(by), request_id);
  const files = [
    putRequest(collaboration),
    putRequest(taken),
    ...putMessages(state, notifyRequesters(state, [taken], from_session, by)),
  ];
  const subject = `accept ${request_id}: ${by.session}: takes over ${taken.request_id} ${quoteWords(taken)} from ${from_session}`;
  return change(subject, files, { collaboration, taken_over: [taken] });
}

function moverOf({ session, at }: Author) {
  return { session, at };
}
