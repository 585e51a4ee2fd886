import { MARKET_PARTS, skills as skillsView } from "../../domain/search/market.ts";
import { nearSkills } from "../../domain/search/near-skills.ts";
import { toInstant } from "../../domain/values/time.ts";
import { makeVisible } from "../../domain/values/visible.ts";
import type { Command } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { joinWords } from "../input/words.ts";
import { renderMarket, renderSkill } from "../render/market.ts";
import { timesOf } from "../render/times.ts";
import { textOf } from "../submit.ts";

export const skills: Command = {
  usage: "[skill...]",
  notes: [
    "For each skill: the sessions that offer it, the requests that they completed, and its open requests.",
  ],
  examples: ["hive skills", 'hive skills "react native" --json'],
  prints:
    "skills[] {skill, offers[] {id, presence, note?, since, until?, completed, median_seconds?, last?}, needs[] {request_id, from, text, urgency, created_at}}",
  async run(context, words) {
    const skill = words.length === 0 ? undefined : await textOf(context, joinWords(words));
    const { hive, knownIdentity } = await context.open();
    const read = await hive.read(MARKET_PARTS);
    noteReading(context, read);
    const now = toInstant(context.world.now());
    const view = skillsView(read.state, now, skill);
    const reader = { times: timesOf(context), session: knownIdentity()?.session };
    if (skill === undefined) return { json: view, text: renderMarket(view, reader) };
    const near = nearSkills(read.state, skill, now);
    const meant =
      near.length === 0 ? [] : [`Did you mean ${near.map((each) => makeVisible(each)).join(" or ")}?`];
    return { json: view, text: [...[renderSkill(view, skill, reader)].flat(), ...meant] };
  },
};
