import { initHub } from "../../workplace.ts";
import { choiceOf } from "../choice.ts";
import type { Command } from "../command.ts";
import { optionText } from "../write.ts";

export const init: Command = {
  usage: "",
  options: [["--remote <url|path>", "make the hub in this repository instead of one embedded on this disk"]],
  examples: ["hive init", "hive init --remote git@github.com:team/hub.git"],
  async run({ world, globals, own }, _, options) {
    const { hive, created } = own(
      await initHub(
        world,
        optionText(options.remote) ?? (globals.hub || world.env.HIVE_HUB || undefined),
        choiceOf(globals),
      ),
    );
    return {
      json: { hub: hive.name, created },
      text: [
        created ? `Hub made: ${hive.name}` : `Already a hub: ${hive.name}`,
        `Next: hive register <session> --role "<what it does>" --skill <a,b>`,
        `Others join with: hive join ${hive.name}`,
      ].join("\n"),
      id: hive.name,
    };
  },
};
