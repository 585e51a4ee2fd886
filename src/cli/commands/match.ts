import { MATCH_PARTS, match as matchTask } from "../../domain/search/match.ts";
import { toInstant } from "../../domain/values/time.ts";
import { makeVisible } from "../../domain/values/visible.ts";
import type { Command } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { joinWords } from "../input/words.ts";
import { MATCH } from "../prints.ts";
import { textOf } from "../submit.ts";

export const match: Command = {
  usage: "<task...>",
  examples: ['hive match "Deploy the service to production"', 'hive match "Build a dashboard" --json'],
  prints: `task, keywords[], matches[] ${MATCH}, next[]`,
  async run(context, words) {
    const task = await textOf(context, joinWords(words));
    const { hive, knownIdentity } = await context.open();
    const read = await hive.read(MATCH_PARTS);
    noteReading(context, read);
    const found = matchTask(read.state, task, toInstant(context.world.now()), knownIdentity()?.session);
    const lines = found.matches.map(
      ({ id, score, available, reasons }) =>
        `${id}  ${score.toFixed(2)}  ${available ? "available" : "not available"}  ${makeVisible(reasons.join("; "))}`,
    );
    const head = lines.length > 0 ? lines : ["No session fits this task well."];
    return {
      json: found,
      text: [...head, ...found.next.map((command) => `Next: ${makeVisible(command)}`)].join("\n"),
    };
  },
};
