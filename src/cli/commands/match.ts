import { MATCH_PARTS, match as matchTask } from "../../domain/search/match.ts";
import { toInstant } from "../../domain/values/time.ts";
import { makeVisible } from "../../domain/values/visible.ts";
import type { Command } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { joinWords } from "../input/words.ts";
import { MATCH } from "../prints.ts";
import { presenceCell } from "../render/styles.ts";
import type { Column } from "../render/table.ts";
import { textOf } from "../submit.ts";

const COLUMNS: readonly Column[] = [
  { head: "SESSION", giveWay: 0 },
  { head: "SCORE", giveWay: 3, isNumber: true },
  { head: "AVAILABLE", giveWay: 2 },
  { head: "WHY", giveWay: 1, isWrapped: true },
];

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
    const rows = found.matches.map(({ id, score, presence, available, reasons }) => [
      id,
      score.toFixed(2),
      available ? presenceCell(presence, "available") : "not available",
      reasons.join("; "),
    ]);
    const head = rows.length > 0 ? { columns: COLUMNS, rows } : "No session fits this task well.";
    return {
      json: found,
      text: [head, ...found.next.map((command) => `Next: ${makeVisible(command)}`)],
    };
  },
};
