import type { Command } from "../command.ts";

export const whoami: Command = {
  usage: "",
  examples: ["hive whoami", "hive whoami --as session-1-dashboard --json"],
  prints: "session, source, hub, hub_chosen",
  async run({ open }) {
    const { hive, identity } = await open();
    const { session, source } = identity();
    return {
      json: { session, source, hub: hive.name, hub_chosen: hive.unchosen === undefined },
      text: `${session} (${source}) on ${hive.name}`,
      id: session,
    };
  },
};
