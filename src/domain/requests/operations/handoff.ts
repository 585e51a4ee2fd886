import { change } from "../../decision.ts";
import { putMessages } from "../../messages/write.ts";
import { type Author, defineOperation } from "../../operation.ts";
import type { Refusal } from "../../refusal.ts";
import { askedItself, unknownSession } from "../../sessions/refusals.ts";
import type { Snapshot } from "../../snapshot.ts";
import { SessionId } from "../../values/ids.ts";
import { Note } from "../../values/text.ts";
import { firstLine } from "../../values/visible.ts";
import * as z from "../../values/z.ts";
import { BundleInput } from "../bundle.ts";
import type { Collaboration } from "../collaboration.ts";
import { findRequest, RequestPrefix } from "../find.ts";
import { notHeld, ownRequest } from "../handover-refusals.ts";
import { addresseeOf, isHeldBy } from "../holder.ts";
import { announce, newRequest, putRequest } from "../new-request.ts";

/** Characters of a whole bundle: even where each takes six bytes, its record stays below what a reader takes. */
const BUNDLE_LIMIT = 16_000;

const Input = z.object({
  /** Without one, it is for whoever accepts it first. */
  to: z.optional(SessionId),
  /** The request to hand over; without one, the handover is the work. */
  request: z.optional(RequestPrefix),
  goal: Note,
  bundle: BundleInput.check(
    z.refine(
      (bundle) => JSON.stringify(bundle).length <= BUNDLE_LIMIT,
      `a bundle has at most ${BUNDLE_LIMIT} characters: leave something out`,
    ),
  ),
});
type Input = z.infer<typeof Input>;
type State = Pick<Snapshot, "sessions" | "collaborations">;

/** Work offered to another session, with all it needs to go on. Nothing moves before it is accepted. */
export const handoff = defineOperation({
  kind: "handoff",
  by: "registered",
  reads: ["sessions", "collaborations", "messages"],
  input: Input,
  decide(state, input, by) {
    const { to, goal } = input;
    if (to !== undefined && !state.sessions.has(to)) return unknownSession(to, state.sessions.keys());
    if (to === by.session) return askedItself(by.session);
    const found = input.request === undefined ? {} : findOwnClaim(state, input.request, to, by);
    if ("kind" in found) return found;
    const collaboration = newRequest(draftOf(input, found.request), by, state.collaborations);
    const { request_id } = collaboration;
    const message = announce(collaboration, `Handoff ${request_id}`, by);
    const files = [putRequest(collaboration), ...putMessages(state, [message])];
    const what = found.request === undefined ? "" : ` ${found.request.request_id}`;
    const said = `handoff ${request_id}: ${by.session} hands${what} over to ${addresseeOf(collaboration)}`;
    return change(`${said}: ${firstLine(goal, 60)}`, files, { collaboration, message });
  },
});

/** The request to hand over, which has to be with whoever hands it over, and not one that the receiver asked for. */
function findOwnClaim(
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

function draftOf({ to, goal, bundle }: Input, request: Collaboration | undefined) {
  return {
    to_session: to ?? null,
    request: goal,
    urgency: request?.urgency ?? ("normal" as const),
    handoff: {
      ...(request === undefined ? {} : { request: request.request_id }),
      ...(to === undefined ? { open: true as const } : {}),
      ...bundle,
    },
  };
}
