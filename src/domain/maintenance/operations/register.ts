import { change, type Decision } from "../../decision.ts";
import type { Message } from "../../messages/message.ts";
import { putMessages } from "../../messages/write.ts";
import { type Author, defineOperation } from "../../operation.ts";
import { register as registerAlone } from "../../sessions/operations/register.ts";
import type { Profile } from "../../sessions/session.ts";
import { firstLine } from "../../values/visible.ts";

type Registered = Extract<ReturnType<typeof registerAlone.decide>, { kind: "change" }>["result"];

/** Registers a session and, where it takes over the name of one that is alive, tells that one in the same commit. */
export const register = defineOperation({
  ...registerAlone,
  reads: [...registerAlone.reads, "messages"],
  decide(state, input, by): Decision<Registered> {
    const decision = registerAlone.decide(state, input, by);
    if (decision.kind !== "change" || decision.result.taken_over !== true) return decision;
    const { subject, files, result } = decision;
    return change(subject, [...files, ...putMessages(state, [noticeOf(result.session, by)])], result);
  },
});

/** The message to whoever had the name. It reads the same inbox. */
function noticeOf({ id, role }: Profile, { op, at }: Author): Message {
  const as = role === "" ? "" : `, as ${firstLine(role, 60)}`;
  return {
    ...{ id: op, from: id, to: id, priority: "high", sent_at: at },
    subject: `${id} was taken over`,
    body: [
      `Another session took over the name ${id} at ${at}${as}.`,
      "If you had it before: register under another name, because you share it now: hive register <session>",
    ].join("\n"),
  };
}
