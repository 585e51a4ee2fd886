import { change, type FileChange, nothing } from "../../decision.ts";
import { type Author, defineOperation } from "../../operation.ts";
import { notRegistered } from "../../refusal.ts";
import type { Snapshot } from "../../snapshot.ts";
import { CONTROL, Line } from "../../values/text.ts";
import { firstLine } from "../../values/visible.ts";
import * as z from "../../values/z.ts";
import { nextHeartbeat } from "../beat.ts";
import { asksAlready, withoutNeed } from "../need.ts";
import type { Need, Profile } from "../session.ts";
import { putHeartbeat, putProfiles } from "../write.ts";

/** The longest option, in characters. */
const OPTION_LIMIT = 80;

const Option = z.string().check(
  z.trim(),
  z.minLength(1, "an option is empty"),
  z.maxLength(OPTION_LIMIT, `an option has at most ${OPTION_LIMIT} characters`),
  z.refine(
    (text) => text.isWellFormed() && !CONTROL.test(text),
    "an option is one line without control characters",
  ),
);

const Input = z
  .object({
    question: z.optional(Line),
    options: z.optional(
      z.array(Option).check(
        z.minLength(2, "a question has 2 to 9 options"),
        z.maxLength(9, "a question has 2 to 9 options"),
        z.refine((options) => new Set(options).size === options.length, "two options are the same"),
      ),
    ),
    by_tool: z.optional(z.literal(true)),
    done: z.optional(z.literal(true)),
  })
  .check(
    z.refine(
      ({ question, options, done }) =>
        done ? question === undefined && options === undefined : question !== undefined,
      "either a question, or done",
    ),
  );
type Input = z.infer<typeof Input>;

/**
 * A session asks its human, or takes its question back. It has one question at a time, and a new one replaces it, but the
 * tool's never replaces the session's own. The same question again within an hour writes nothing.
 */
export const needs = defineOperation({
  kind: "needs",
  by: "registered",
  reads: ["sessions", "registry", "heartbeats"],
  input: Input,
  decide(state, input, by) {
    const profile = state.sessions.get(by.session);
    if (profile === undefined) return notRegistered(by.session);
    const { needs: known } = profile;
    const isOwn = known !== undefined && known.by_tool !== true;
    const need =
      input.question === undefined ? undefined : needOf({ ...input, question: input.question }, by);
    if (input.by_tool === true && isOwn) return nothing({ need: known });
    if (need === undefined ? known === undefined : asksAlready(known, need, by.at))
      return nothing({ need: known ?? null });
    const session = {
      ...withoutNeed(profile),
      ...(need === undefined ? {} : { needs: need }),
      updated_at: by.at,
    };
    const files = [
      ...putProfiles(state, [session]),
      ...(input.by_tool === true ? waitingFiles(session, state.heartbeats, by) : []),
    ];
    const said = need === undefined ? "it needs nothing now" : firstLine(need.question, 100);
    return change(`needs ${by.session}: ${said}`, files, { need: need ?? null });
  },
});

function needOf({ question, options, by_tool }: Input & { question: string }, by: Author): Need {
  return {
    id: by.op,
    question,
    ...(options === undefined ? {} : { options }),
    since: by.at,
    ...(by_tool === undefined ? {} : { by_tool }),
  };
}

/** The heartbeat of a session whose tool waits: it is alive, and does not work. */
function waitingFiles(session: Profile, heartbeats: Snapshot["heartbeats"], { at }: Author): FileChange[] {
  return [putHeartbeat(nextHeartbeat(session, heartbeats.get(session.id), at))];
}
