import { joinHub } from "../../workplace.ts";
import { choiceOf } from "../choice.ts";
import type { Command } from "../command.ts";

export const join: Command = {
  usage: "<url>",
  examples: ["hive join git@github.com:team/hub.git", "hive join https://git.example.org/team/hub.git"],
  async run({ world, globals, own }, [url = ""]) {
    const { hive } = own(await joinHub(world, url, choiceOf(globals)));
    return {
      json: { hub: hive.name },
      text: `Joined: ${hive.name}\nNext: hive register <session> --role "<what it does>" --skill <a,b>`,
      id: hive.name,
    };
  },
};
