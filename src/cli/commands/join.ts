import { joinHub } from "../../app/workplace/join.ts";
import { overview } from "../../domain/activity/overview.ts";
import { toInstant } from "../../domain/values/time.ts";
import type { Command } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { hubOptionsOf } from "../input/hub-options.ts";
import { OVERVIEW } from "../prints.ts";
import { renderOverview } from "../render/overview.ts";
import { SETUP_HINT } from "../render/setup-hint.ts";

export const join: Command = {
  usage: "<url>",
  examples: ["hive join git@github.com:team/hub.git", "hive join https://git.example.org/team/hub.git"],
  prints: `at, hub, ${OVERVIEW}`,
  async run(context, [url = ""]) {
    const { hive, read } = context.own(await joinHub(context.world, url, hubOptionsOf(context.globals)));
    noteReading(context, read);
    const at = toInstant(context.world.now());
    const view = overview(read.state, at);
    return {
      json: { at, hub: hive.name, ...view },
      text: [
        `Joined the hub ${hive.name}`,
        renderOverview(view, at, hive.name),
        'Next: hive register <session> --role "<what it does>" --skill <a,b>',
        SETUP_HINT,
      ].join("\n"),
      id: hive.name,
    };
  },
};
