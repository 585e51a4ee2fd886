import { findHelp as findHelpers } from "../../domain/search/find-help.ts";
import { toInstant } from "../../domain/values/time.ts";
import { firstLine, makeVisible } from "../../domain/values/visible.ts";
import type { Command } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { joinWords } from "../input/words.ts";
import { AWAY } from "../prints.ts";
import { describeAway, presenceCell } from "../render/styles.ts";
import type { Column } from "../render/table.ts";
import { timesOf } from "../render/times.ts";
import { textOf } from "../submit.ts";

const COLUMNS: readonly Column[] = [
  { head: "SESSION", giveWay: 0 },
  { head: "PRESENCE", giveWay: 2 },
  { head: "STATE", giveWay: 3 },
  { head: "ROLE", giveWay: 4, isText: true },
  { head: "OFFERS", giveWay: 1, isText: true },
];

export const findHelp: Command = {
  usage: "<capability...>",
  examples: ["hive find-help deployment", 'hive find-help "react native" --json'],
  prints: `capability, matches[] {id, name, role, status, presence, away? ${AWAY}, matched[]}`,
  async run(context, words) {
    const { world, open } = context;
    const capability = await textOf(context, joinWords(words));
    const { hive } = await open();
    const read = await hive.read(["settings", "taxonomy", "sessions", "heartbeats"]);
    noteReading(context, read);
    const found = await findHelpers(read.state, capability, toInstant(world.now()));
    const [first] = found.matches;
    if (first === undefined) {
      const { nearSkills } = await import("../../domain/search/near-skills.ts");
      const near = nearSkills(read.state, capability, toInstant(world.now())).join(" or ");
      const next = near === "" ? 'Ask all: hive broadcast "<text>"' : `Did you mean ${makeVisible(near)}?`;
      return { json: found, text: `No session offers ${makeVisible(capability)}.\n${next}` };
    }
    const times = timesOf(context);
    const rows = found.matches.map(({ id, presence, status, away, role, matched }) => [
      id,
      presenceCell(presence),
      away === null ? status : describeAway(away, times),
      firstLine(role, 40),
      matched.join(", "),
    ]);
    return {
      json: found,
      text: [{ columns: COLUMNS, rows }, `Ask: hive request ${first.id} "<what you need>"`],
    };
  },
};
