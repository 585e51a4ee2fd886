import type { Collaboration } from "../collaboration.ts";
import { change, putJson } from "../decision.ts";
import type { SessionId } from "../ids.ts";
import { applyMove, isLegal, isMoveOf, type Move } from "../moves.ts";
import { defineOperation } from "../operation.ts";
import { collaborationPath } from "../paths.ts";
import {
  alreadyDeclined,
  ambiguousRequest,
  illegalMove,
  type Refusal,
  unknownRequest,
  wrongParty,
} from "../refusals.ts";
import type { Snapshot } from "../snapshot.ts";
import { Note } from "../text.ts";
import { firstLine } from "../visible.ts";
import * as z from "../z.ts";

const Input = z.object({
  request: z.string().check(z.minLength(1, "a request id, or the start of one, is asked for")),
  note: z.optional(Note),
});

/** Moves one request along: legal moves only, by the right party only. The request may be named by a unique prefix. */
function defineMove(move: Move) {
  return defineOperation({
    kind: move,
    by: "registered",
    reads: ["collaborations"],
    input: Input,
    decide(state, input, by) {
      const found = findRequest(state, input.request);
      if ("kind" in found) return found;
      const collaboration = found.collaboration;
      if (!isMoveOf(collaboration, move, by.session)) return wrongParty(collaboration, move, by.session);
      if (!isLegal(collaboration.status, move)) return illegalMove(collaboration, move, by.session);
      if (move === "decline" && hasDeclined(collaboration, by.session))
        return alreadyDeclined(collaboration, by.session);
      const moved = applyMove(collaboration, move, { session: by.session, at: by.at, note: input.note });
      const note = input.note ? `: ${firstLine(input.note, 60)}` : "";
      const subject = `${move} ${moved.request_id}: ${by.session}${note}`;
      return change(subject, [putJson(collaborationPath(moved.request_id), moved)], { collaboration: moved });
    },
  });
}

/** Of an open request, whose answers are each for one session alone. */
function hasDeclined({ history }: Collaboration, session: SessionId): boolean {
  return history.some((step) => step.declined === true && step.session === session);
}

function findRequest(
  { collaborations }: Pick<Snapshot, "collaborations">,
  prefix: string,
): { collaboration: Collaboration } | Refusal {
  const found = [...collaborations.values()].filter(({ request_id }) => request_id.startsWith(prefix));
  const exact = found.find(({ request_id }) => request_id === prefix);
  const [first, second] = exact ? [exact] : found;
  if (!first) return unknownRequest(prefix);
  if (!second) return { collaboration: first };
  return ambiguousRequest(
    prefix,
    found.map(({ request_id }) => request_id),
  );
}

export const accept = defineMove("accept");
export const start = defineMove("start");
export const complete = defineMove("complete");
export const decline = defineMove("decline");
export const cancel = defineMove("cancel");
