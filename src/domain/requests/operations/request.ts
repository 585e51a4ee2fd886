import { change } from "../../decision.ts";
import { putMessages } from "../../messages/write.ts";
import { defineOperation } from "../../operation.ts";
import { askedItself, unknownSession } from "../../sessions/refusals.ts";
import { offersSkill } from "../../sessions/skill.ts";
import type { Snapshot } from "../../snapshot.ts";
import { SessionId } from "../../values/ids.ts";
import { Instant } from "../../values/instant.ts";
import { Line, Text } from "../../values/text.ts";
import { secondsBetween } from "../../values/time.ts";
import { Urgency } from "../../values/urgency.ts";
import { firstLine } from "../../values/visible.ts";
import * as z from "../../values/z.ts";
import { addresseeOf } from "../holder.ts";
import { announce, newRequest, putRequest } from "../new-request.ts";
import { pastDeadline } from "../refusals.ts";

const Input = z
  .object({
    to: z.optional(SessionId),
    /** Instead of a session: whoever offers this skill. */
    to_capability: z.optional(Line),
    text: Text,
    urgency: Urgency,
    /** Until when an answer is waited for. */
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

/** A tracked request to one session, or to whoever offers a skill and takes it first, and the message that tells it. */
export const request = defineOperation({
  kind: "request",
  by: "registered",
  reads: ["sessions", "collaborations", "messages"],
  input: Input,
  decide(state, input, by) {
    const refused = refusalOf(input, state.sessions, by);
    if (refused) return refused;
    const { to = null, to_capability, text, urgency, deadline } = input;
    const asked = { to_session: to, to_capability, request: text, urgency, deadline };
    const collaboration = newRequest(asked, by, state.collaborations);
    const message = announce(collaboration, `Request ${collaboration.request_id}`, by);
    const files = [putRequest(collaboration), ...putMessages(state, [message])];
    const whom = addresseeOf(collaboration);
    const subject = `request ${collaboration.request_id}: ${by.session} asks ${whom}: ${firstLine(text, 60)}`;
    const offered_by = to_capability === undefined ? [] : offering(state.sessions, to_capability, by);
    return change(subject, files, { collaboration, message, offered_by });
  },
});

function refusalOf({ to, deadline }: Input, sessions: Sessions, by: { session: SessionId; at: Instant }) {
  if (to !== undefined && !sessions.has(to)) return unknownSession(to, sessions.keys());
  if (to === by.session) return askedItself(by.session);
  const isPast = deadline !== undefined && secondsBetween(by.at, deadline) <= 0;
  return isPast ? pastDeadline(deadline, by.at) : undefined;
}

/** Who offers a skill now, but for whoever asks. */
function offering(sessions: Sessions, skill: string, by: { session: SessionId; at: Instant }): SessionId[] {
  return [...sessions.values()]
    .filter((profile) => profile.id !== by.session && offersSkill(profile, skill, by.at))
    .map(({ id }) => id)
    .sort();
}
