import { change } from "../../decision.ts";
import { putMessages } from "../../messages/write.ts";
import { defineOperation } from "../../operation.ts";
import { firstLine } from "../../values/visible.ts";
import * as z from "../../values/z.ts";
import { findRequest, MoveInput } from "../find.ts";
import { notReclaimable, notYourRequest } from "../handover-refusals.ts";
import { giveBack, hasRoom, isOpen } from "../moves.ts";
import { putRequest } from "../new-request.ts";
import { notifyFormer } from "../notify-former.ts";
import { recordFull } from "../refusals.ts";
import { describeSilence, refuseWhilePresent } from "../silence.ts";

/**
 * Takes a request back from the silent session that has it, so that another can take it; with `force`, also from one
 * that is not silent. The session is told.
 */
export const reclaim = defineOperation({
  kind: "reclaim",
  by: "registered",
  reads: ["settings", "sessions", "heartbeats", "collaborations", "messages"],
  input: z.extend(MoveInput, { force: z.optional(z.boolean()) }),
  decide(state, { request: prefix, note, force }, by) {
    const found = findRequest(state, prefix);
    if ("kind" in found) return found;
    const request = found.collaboration;
    const former = request.to_session;
    if (request.from_session !== by.session) return notYourRequest(request, by.session);
    if (former === null || !isOpen(request)) return notReclaimable(request, by.session);
    const refused = force === true ? undefined : refuseWhilePresent(state, former, by.at, request);
    if (refused) return refused;
    if (!hasRoom(request)) return recordFull(request);
    const why = note ?? describeSilence(state, former);
    const collaboration = giveBack(request, { session: by.session, at: by.at, note: why });
    const { request_id } = collaboration;
    const subject = `reclaim ${request_id}: ${by.session} takes it back from ${former}${note ? `: ${firstLine(note, 60)}` : ""}`;
    const told = notifyFormer(state, former, [collaboration], "took back", by, by.op);
    return change(subject, [putRequest(collaboration), ...putMessages(state, told)], {
      collaboration,
      former,
    });
  },
});
