import { OVERVIEW_PARTS } from "../app/workplace/join.ts";
import type { Workplace } from "../app/workplace/workplace.ts";
import { absenceOf } from "../domain/requests/absence.ts";
import type { MatchView } from "../domain/search/match.ts";
import type { SessionId } from "../domain/values/ids.ts";
import { toInstant } from "../domain/values/time.ts";
import type { CommandAnswer, Context } from "./command.ts";
import { EXIT } from "./exit-codes.ts";
import { plainText } from "./render/table.ts";

const MAX_PROPOSED = 3;

/**
 * Adds a note to the answer of a landed request where the addressee is away, and proposes sessions that are alive, fit
 * and are available. The request was sent anyway, and waits.
 */
export async function noteAway(
  context: Context,
  workplace: Workplace,
  answer: CommandAnswer,
  asked: SessionId,
  text: string,
): Promise<CommandAnswer> {
  if (answer.exit === EXIT.queued) return answer;
  const { state } = await workplace.hive.recall(OVERVIEW_PARTS);
  const away = absenceOf(state, asked, toInstant(context.world.now()));
  const instead = away === null ? [] : await proposed(context, workplace, asked, text);
  if (away !== null) {
    context.io.note(`${asked} is ${away.reason}.`);
    const names = instead.map(({ id }) => id).join(", ");
    if (names !== "")
      context.io.note(
        `Available now: ${names}. To ask another session, first: hive cancel ${plainText(answer.id ?? "")}`,
      );
  }
  return { ...answer, json: Object.assign({}, answer.json, { away, instead }) };
}

async function proposed(
  { world }: Context,
  { hive, identity }: Workplace,
  asked: SessionId,
  text: string,
): Promise<MatchView["matches"]> {
  const { MATCH_PARTS, match } = await import("../domain/search/match.ts");
  const { state } = await hive.recall(MATCH_PARTS);
  const { matches } = match(state, text, toInstant(world.now()), identity().session);
  return matches
    .filter(({ id, presence, available }) => id !== asked && presence === "alive" && available)
    .slice(0, MAX_PROPOSED);
}
