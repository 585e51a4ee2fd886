import { change } from "../../decision.ts";
import { putMessages } from "../../messages/write.ts";
import { defineOperation } from "../../operation.ts";
import { askedItself, unknownSession } from "../../sessions/refusals.ts";
import { offersSkill } from "../../sessions/skill.ts";
import type { Snapshot } from "../../snapshot.ts";
import { SessionId } from "../../values/ids.ts";
import { Instant } from "../../values/instant.ts";
import { Line, Text } from "../../values/text.ts";
import { Urgency } from "../../values/urgency.ts";
import { firstLine } from "../../values/visible.ts";
import * as z from "../../values/z.ts";
import { addresseeOf } from "../holder.ts";
import { announce, newRequest, putRequest, refuseDeadline } from "../new-request.ts";

const Input = z
  .object({
    to: z.optional(SessionId),
    /** A skill instead of a session: the request is for any session that offers it. */
    to_capability: z.optional(Line),
    text: Text,
    urgency: Urgency,
    /** Until when the request waits for an answer. */
    deadline: z.optional(Instant),
  })
  .check(
    z.refine(
      ({ to, to_capability }) => (to === undefined) !== (to_capability === undefined),
      "a request is to one session or to one skill",
    ),
  );
type Input = z.infer<typeof Input>;
type Sessions = Snapshot["sessions"];

/** Makes a request to one session, or to the first that accepts it of those with a skill, and the announcement. */
export const request = defineOperation({
  kind: "request",
  by: "registered",
  reads: ["sessions", "collaborations", "messages"],
  input: Input,
  decide(state, input, by) {
    const refused = refusalOf(input, state.sessions, by);
    if (refused) return refused;
    const { to = null, to_capability, text, urgency, deadline } = input;
    const fields = { to_session: to, to_capability, request: text, urgency, deadline };
    const collaboration = newRequest(fields, by, state.collaborations);
    const message = announce(collaboration, "Request", by);
    const files = [putRequest(collaboration), ...putMessages(state, [message])];
    const addressee = addresseeOf(collaboration);
    const subject = `request ${collaboration.request_id}: ${by.session} asks ${addressee}: ${firstLine(text, 60)}`;
    const offered_by = to_capability === undefined ? [] : sessionsOffering(state.sessions, to_capability, by);
    return change(subject, files, { collaboration, message, offered_by });
  },
});

function refusalOf({ to, deadline }: Input, sessions: Sessions, by: { session: SessionId; at: Instant }) {
  if (to !== undefined && !sessions.has(to)) return unknownSession(to, sessions.keys());
  if (to === by.session) return askedItself(by.session);
  return refuseDeadline(deadline, by.at);
}

/** The sessions that offer a skill now, without the requester. */
function sessionsOffering(
  sessions: Sessions,
  skill: string,
  by: { session: SessionId; at: Instant },
): SessionId[] {
  return [...sessions.values()]
    .filter((profile) => profile.id !== by.session && offersSkill(profile, skill, by.at))
    .map(({ id }) => id)
    .sort();
}
