import { firstLine } from "../../domain/values/visible.ts";
import type { Command } from "../command.ts";
import { untilOf } from "../input/times.ts";
import { OFFER, PROFILE, writes } from "../prints.ts";
import { timesOf } from "../render/times.ts";
import { FORCE, optionText, submit, textOf } from "../submit.ts";

export const offer: Command = {
  usage: "<skill>",
  options: [
    ["--note <text>", "what requesters should know"],
    ["--until <time>", "when the offer ends, such as 2d, 17:00 or an instant"],
    FORCE,
  ],
  examples: ['hive offer "react native"', 'hive offer deployment --note "staging only" --until 2d'],
  undo: "hive withdraw <skill>",
  prints: writes(`session ${PROFILE}, offer ${OFFER}`),
  async run(context, [argument], options) {
    const skill = await textOf(context, argument);
    const until = await untilOf(context.world, options.until);
    const input = { skill, note: optionText(options.note), until };
    return submit(context, await context.open(), "offer", input, ({ session, offer: made }) => {
      const name = firstLine(made.skill, 100);
      const end = made.until === undefined ? "" : ` ${timesOf(context).until(made.until)}`;
      return { text: `${session.id} offers ${name}${end}.\nSee the open requests: hive skills`, id: name };
    });
  },
};
