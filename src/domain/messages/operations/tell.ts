import { change, nothing } from "../../decision.ts";
import { type Author, defineOperation } from "../../operation.ts";
import { notRegistered, type Refusal } from "../../refusal.ts";
import { withoutNeed } from "../../sessions/need.ts";
import { unknownSession } from "../../sessions/refusals.ts";
import { retiredSession } from "../../sessions/retired.ts";
import type { Need } from "../../sessions/session.ts";
import { putProfiles } from "../../sessions/write.ts";
import type { Snapshot } from "../../snapshot.ts";
import { SessionId, Ulid } from "../../values/ids.ts";
import { BOT } from "../../values/session-id.ts";
import { Text } from "../../values/text.ts";
import { firstLine } from "../../values/visible.ts";
import * as z from "../../values/z.ts";
import { describeMessage } from "../describe.ts";
import type { Message } from "../message.ts";
import { noSuchOption, notAPerson, questionGone, wroteItself } from "../refusals.ts";
import { putMessages } from "../write.ts";

/** How much of the question its answer repeats, in characters. Short, so that a hook that cuts the message shows the answer. */
const QUESTION_WIDTH = 40;

const Input = z.object({
  to: SessionId,
  text: Text,
  /** The question that the author saw. Another one by now must not get its answer. */
  need: z.optional(Ulid),
  /** The author is a person, and no registered session. */
  person: z.optional(z.literal(true)),
  /** The comment on GitHub that says it, which can be read twice. */
  comment: z.optional(z.int()),
});

/**
 * Tells a session something as its human: the answer to its question, which is answered by that, or anything else. The
 * number of an option means its text. What the session's tool asks stays open, because only the tool takes that answer.
 */
export const tell = defineOperation({
  kind: "tell",
  by: "anyone",
  reads: ["sessions", "registry", "retired", "messages"],
  input: Input,
  decide(state, input, by) {
    const refused = refuseAuthor(state, input.person === true, by);
    if (refused !== undefined) return refused;
    const target = state.sessions.get(input.to);
    if (target === undefined) return unknownSession(input.to, state.sessions.keys());
    if (input.to === by.session) return wroteItself(by.session);
    const told = state.messages.find(({ comment }) => comment !== undefined && comment === input.comment);
    if (told !== undefined) return nothing({ message: told, answered: null, open: null });
    const { needs } = target;
    if (input.need !== undefined && needs?.id !== input.need) return questionGone(input.to, needs);
    const text = answerIn(input.text, needs);
    if (text === undefined) return noSuchOption(input.to, input.text, needs?.options ?? []);
    const message = messageOf({ ...input, text }, needs, by);
    const isAnswered = needs !== undefined && needs.by_tool !== true;
    const files = [
      ...(isAnswered ? putProfiles(state, [withoutNeed(target)]) : []),
      ...putMessages(state, [message]),
    ];
    const answered = isAnswered ? needs : null;
    return change(describeMessage("tell", message), files, {
      message,
      answered,
      open: isAnswered ? null : (needs ?? null),
    });
  },
});

function refuseAuthor(
  { sessions, retired }: Pick<Snapshot, "sessions" | "retired">,
  isPerson: boolean,
  { session }: Author,
): Refusal | undefined {
  const isSession = sessions.has(session);
  if (!isPerson) return isSession ? undefined : notRegistered(session);
  const isTaken = isSession || session === BOT || retiredSession(retired, session) !== undefined;
  return isTaken ? notAPerson(session) : undefined;
}

/** The text of an answer; undefined for the number of an option that a question does not have. */
function answerIn(text: string, needs: Need | undefined): string | undefined {
  if (needs?.options === undefined || !/^\d{1,2}$/.test(text)) return text;
  return needs.options[Number(text) - 1];
}

function messageOf(
  { to, text, person, comment }: z.infer<typeof Input>,
  needs: Need | undefined,
  by: Author,
): Message {
  const isAnswer = needs !== undefined && needs.by_tool !== true;
  return {
    id: by.op,
    from: by.session,
    to,
    priority: "high",
    intent: "inform",
    ...(isAnswer
      ? { subject: `Answer to: ${firstLine(needs.question, QUESTION_WIDTH)}`, answers: needs.id }
      : {}),
    ...(comment === undefined ? {} : { comment }),
    ...(person === undefined ? {} : { person }),
    sent_at: by.at,
    body: text,
  };
}
