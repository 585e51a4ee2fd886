import { change } from "../../decision.ts";
import { putMessages } from "../../messages/write.ts";
import { type Author, defineOperation } from "../../operation.ts";
import type { Refusal } from "../../refusal.ts";
import { handedToItself, unknownSession } from "../../sessions/refusals.ts";
import type { Snapshot } from "../../snapshot.ts";
import { SessionId } from "../../values/ids.ts";
import { Instant } from "../../values/instant.ts";
import { Note } from "../../values/text.ts";
import { firstLine } from "../../values/visible.ts";
import * as z from "../../values/z.ts";
import { BundleInput } from "../bundle.ts";
import type { Collaboration } from "../collaboration.ts";
import { findRequest, RequestPrefix } from "../find.ts";
import { notHeld, ownRequest } from "../handover-refusals.ts";
import { addresseeOf, isHeldBy } from "../holder.ts";
import { announce, newRequest, putRequest, refuseDeadline } from "../new-request.ts";

/** Maximum characters of a bundle. Even at six bytes each, its record stays below the readers' size limit. */
const MAX_BUNDLE_CHARACTERS = 16_000;

const Input = z.object({
  /** The receiver; without one, the handover is for the first session that accepts it. */
  to: z.optional(SessionId),
  /** The request to hand over; without one, the handover is the work. */
  request: z.optional(RequestPrefix),
  goal: Note,
  /** Until when the handover waits for an answer. */
  deadline: z.optional(Instant),
  bundle: BundleInput.check(
    z.refine(
      (bundle) => JSON.stringify(bundle).length <= MAX_BUNDLE_CHARACTERS,
      `a bundle has at most ${MAX_BUNDLE_CHARACTERS} characters: leave something out`,
    ),
  ),
});
type Input = z.infer<typeof Input>;
type State = Pick<Snapshot, "sessions" | "collaborations">;

/** Offers work to another session, with the context to continue it. Nothing moves before the handover is accepted. */
export const handoff = defineOperation({
  kind: "handoff",
  by: "registered",
  reads: ["sessions", "collaborations", "messages"],
  input: Input,
  decide(state, input, by) {
    const { to, goal } = input;
    if (to !== undefined && !state.sessions.has(to)) return unknownSession(to, state.sessions.keys());
    if (to === by.session) return handedToItself(by.session);
    const late = refuseDeadline(input.deadline, by.at);
    if (late) return late;
    const found = input.request === undefined ? {} : findHeld(state, input.request, to, by);
    if ("kind" in found) return found;
    const collaboration = newRequest(draftOf(input, found.request), by, state.collaborations);
    const { request_id } = collaboration;
    const message = announce(collaboration, "Handoff", by);
    const files = [putRequest(collaboration), ...putMessages(state, [message])];
    const handed = found.request === undefined ? "" : ` ${found.request.request_id}`;
    const subject = `handoff ${request_id}: ${by.session} hands${handed} over to ${addresseeOf(collaboration)}`;
    return change(`${subject}: ${firstLine(goal, 60)}`, files, { collaboration, message });
  },
});

/** The request to hand over. Refused unless the session holds it, and when the receiver is its requester. */
function findHeld(
  state: State,
  prefix: string,
  to: SessionId | undefined,
  { session }: Author,
): { request?: Collaboration } | Refusal {
  const found = findRequest(state, prefix);
  if ("kind" in found) return found;
  const request = found.collaboration;
  if (!isHeldBy(request, session)) return notHeld(request, session);
  return request.from_session === to ? ownRequest(request, to) : { request };
}

function draftOf({ to, goal, deadline, bundle }: Input, request: Collaboration | undefined) {
  return {
    to_session: to ?? null,
    request: goal,
    urgency: request?.urgency ?? ("normal" as const),
    deadline,
    handoff: {
      ...(request === undefined ? {} : { request: request.request_id }),
      ...(to === undefined ? { open: true as const } : {}),
      ...bundle,
    },
  };
}
