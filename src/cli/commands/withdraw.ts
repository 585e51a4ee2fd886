import { firstLine } from "../../domain/values/visible.ts";
import type { Command } from "../command.ts";
import { joinWords } from "../input/words.ts";
import { PROFILE, writes } from "../prints.ts";
import { submit, textOf } from "../submit.ts";

export const withdraw: Command = {
  usage: "<skill...>",
  examples: ["hive withdraw deployment", 'hive withdraw "react native" --as session-1-dashboard'],
  undo: "hive offer <skill>",
  prints: writes(`session ${PROFILE}, skill`),
  async run(context, words) {
    const input = { skill: await textOf(context, joinWords(words)) };
    return submit(context, await context.open(), "withdraw", input, ({ session, skill }) => {
      const name = firstLine(skill, 100);
      return { text: `${session.id} no longer offers ${name}.`, id: name };
    });
  },
};
