import { quoteForShell } from "../../domain/values/shell-quote.ts";
import { firstLine } from "../../domain/values/visible.ts";
import { wrongCall } from "../../errors.ts";
import type { Command } from "../command.ts";
import { endOf, endOptions } from "../input/times.ts";
import { joinWords, noteOf } from "../input/words.ts";
import { OFFER, PROFILE, writes } from "../prints.ts";
import { timesOf } from "../render/times.ts";
import { FORCE, submit, textOf } from "../submit.ts";

export const offer: Command = {
  usage: "<skill...>",
  options: [
    ["-m, --message <note>", "what requesters should know; - reads it from stdin"],
    ...endOptions("the offer ends"),
    FORCE,
  ],
  examples: ["hive offer react native", 'hive offer deployment -m "staging only" --until fri'],
  undo: "hive withdraw <skill>",
  prints: writes(`session ${PROFILE}, offer ${OFFER}`),
  async run(context, words, options) {
    const skill = await textOf(context, joinWords(words));
    if (skill.includes(","))
      throw wrongCall(
        `${JSON.stringify(firstLine(skill, 100))} is several skills. An offer is of one.`,
        `Offer each: ${skill
          .split(",")
          .map((each) => `hive offer ${quoteForShell(each.trim())}`)
          .join("; ")}`,
      );
    const until = await endOf(context.world, options, words);
    const input = { skill, note: await noteOf(context, options), until };
    return submit(context, await context.open(), "offer", input, ({ session, offer: made }) => {
      const name = firstLine(made.skill, 100);
      const end = made.until === undefined ? "" : ` ${timesOf(context).until(made.until)}`;
      return { text: `${session.id} offers ${name}${end}.\nSee the open requests: hive skills`, id: name };
    });
  },
};
