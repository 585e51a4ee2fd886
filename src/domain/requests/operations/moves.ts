import { change } from "../../decision.ts";
import { defineOperation } from "../../operation.ts";
import { firstLine } from "../../values/visible.ts";
import type * as z from "../../values/z.ts";
import { CompleteInput, findRequest, MoveInput, refuseMove } from "../find.ts";
import { applyMove, type Move } from "../moves.ts";
import { putRequest } from "../new-request.ts";
import { quoteWords } from "../words.ts";

interface Input extends z.infer<typeof MoveInput> {
  readonly evidence?: string | undefined;
}

/** Defines a move of a request, refused unless it is legal and belongs to the session. Input may be a part of the id. */
function defineMove(move: Move, input: z.ZodMiniType<Input>) {
  return defineOperation({
    kind: move,
    by: "registered",
    reads: ["settings", "collaborations"],
    input,
    decide(state, { request, note, evidence }, by) {
      const found = findRequest(state, request);
      if ("kind" in found) return found;
      const refused = refuseMove(found.collaboration, move, by, state.settings);
      if (refused) return refused;
      const moved = applyMove(found.collaboration, move, { session: by.session, at: by.at, note });
      const collaboration = { ...moved, ...(evidence === undefined ? {} : { evidence }) };
      const { request_id } = collaboration;
      const remark = note ?? evidence;
      const about = `${by.session} ${quoteWords(collaboration)}`;
      const subject = `${move} ${request_id}: ${about}${remark ? `: ${firstLine(remark, 60)}` : ""}`;
      return change(subject, [putRequest(collaboration)], { collaboration });
    },
  });
}

export const start = defineMove("start", MoveInput);
export const complete = defineMove("complete", CompleteInput);
export const decline = defineMove("decline", MoveInput);
export const cancel = defineMove("cancel", MoveInput);
