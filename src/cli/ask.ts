import type { Workplace } from "../app/workplace/workplace.ts";
import type { ResultOf } from "../domain/operations.ts";
import type { SessionId } from "../domain/values/ids.ts";
import { toInstant } from "../domain/values/time.ts";
import { firstLine } from "../domain/values/visible.ts";
import type { CommandAnswer, Context, Options } from "./command.ts";
import { EXIT } from "./exit-codes.ts";
import { endOf, endOptions } from "./input/times.ts";
import { MESSAGE_TEXT, PRIORITY, textAndPriority } from "./input/words.ts";
import { noteAway } from "./note-away.ts";
import { plainText } from "./render/table.ts";
import { type Times, timesOf } from "./render/times.ts";
import { FORCE, submit } from "./submit.ts";

/** The deadline option of requests. */
const DEADLINE = [
  "--deadline <time>",
  "either of these: a time such as 17:00, or a duration such as 4h",
] as const;

/** The options of every request. */
export const REQUEST_OPTIONS = [
  MESSAGE_TEXT,
  PRIORITY,
  ...endOptions("the request expires without an answer"),
  DEADLINE,
  FORCE,
] as const;

/** Sends a request to a session, or to the sessions with a skill. Throws as `submit` does. */
export async function ask(
  context: Context,
  addressee: { readonly to: SessionId } | { readonly to_capability: string },
  words: readonly string[],
  options: Options,
): Promise<CommandAnswer> {
  const { text, priority: urgency } = await textAndPriority(context, words, options);
  const deadline = await endOf(context.world, options, words);
  const input = { ...addressee, text, urgency, deadline };
  const workplace = await context.open();
  const answer = await submit(context, workplace, "request", input, (result) => ({
    text: describe(result, timesOf(context)),
    id: result.collaboration.request_id,
  }));
  if ("to" in addressee) return noteAway(context, workplace, answer, addressee.to, text);
  if (answer.exit !== EXIT.queued) await noteNearSkill(context, workplace, answer, addressee.to_capability);
  return answer;
}

/** Says where the skill may be a typo, because then no session is asked. The request stays: the skill may be offered yet. */
async function noteNearSkill(
  { world, io }: Context,
  { hive }: Workplace,
  { id = "" }: CommandAnswer,
  skill: string,
): Promise<void> {
  const { nearSkills } = await import("../domain/search/near-skills.ts");
  const { state } = await hive.recall(["sessions", "heartbeats"]);
  const near = nearSkills(state, skill, toInstant(world.now()));
  if (near.length > 0)
    io.note(`Did you mean ${near.join(" or ")}? To take this request back: hive cancel ${plainText(id)}`);
}

function describe({ collaboration, offered_by }: ResultOf<"request">, times: Times): string {
  const { request_id, urgency, to_session, to_capability = "", request, deadline } = collaboration;
  const until = deadline === undefined ? "" : `, ${times.until(deadline)}`;
  const asked = `${request_id} (${urgency}${until}): ${firstLine(request, 60)}`;
  if (to_session !== null) return `Asked ${to_session}: ${asked}\nWatch for the answer: hive inbox`;
  const offers =
    offered_by.length === 0
      ? "No session offers this skill yet. The request waits."
      : `Offered by ${offered_by.slice(0, 5).join(", ")}${offered_by.length > 5 ? ", ..." : ""}. The first to accept gets it.`;
  return [
    `Asked all sessions that offer ${firstLine(to_capability, 60)}: ${asked}`,
    offers,
    "Watch for the answer: hive inbox",
  ].join("\n");
}
