import type { ResultOf } from "../domain/operations.ts";
import type { SessionId } from "../domain/values/ids.ts";
import { Urgency } from "../domain/values/urgency.ts";
import { firstLine } from "../domain/values/visible.ts";
import type { CommandAnswer, Context, Options } from "./command.ts";
import { untilOf } from "./input/times.ts";
import { noteAway } from "./note-away.ts";
import { submit, textOf } from "./submit.ts";

/** The deadline option of requests. */
export const DEADLINE = [
  "--deadline <time>",
  "when the request expires without an answer, such as 4h, 17:00 or an instant",
] as const;

/** Sends a request to a session, or to the sessions with a skill. Throws as `submit` does. */
export async function ask(
  context: Context,
  addressee: { readonly to: SessionId } | { readonly to_capability: string },
  [argument, urgency = "normal"]: readonly string[],
  options: Options,
): Promise<CommandAnswer> {
  const text = await textOf(context, argument);
  const deadline = await untilOf(context.world, options.deadline);
  const input = { ...addressee, text, urgency: Urgency.parse(urgency), deadline };
  const workplace = await context.open();
  const answer = await submit(context, workplace, "request", input, (result) => ({
    text: describe(result),
    id: result.collaboration.request_id,
  }));
  return "to" in addressee ? noteAway(context, workplace, answer, addressee.to, text) : answer;
}

function describe({ collaboration, offered_by }: ResultOf<"request">): string {
  const { request_id, urgency, to_session, to_capability = "" } = collaboration;
  if (to_session !== null)
    return `Asked ${to_session}: ${request_id} (${urgency}).\nWatch for the answer: hive inbox`;
  const offers =
    offered_by.length === 0
      ? "No session offers this skill yet. The request waits."
      : `Offered by ${offered_by.slice(0, 5).join(", ")}${offered_by.length > 5 ? ", ..." : ""}. The first to accept gets it.`;
  return [
    `Asked all sessions that offer ${firstLine(to_capability, 60)}: ${request_id} (${urgency}).`,
    offers,
    "Watch for the answer: hive inbox",
  ].join("\n");
}
