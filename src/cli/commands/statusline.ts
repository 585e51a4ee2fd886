import type { Command } from "../command.ts";
import { hubOptionsOf } from "../input/hub-options.ts";
import { renderStatusLine, statusLine } from "../status-line.ts";

export const statusline: Command = {
  usage: "",
  notes: [
    "The line shows the number of alive sessions (●), of unread messages (✉), and of sessions that ask their human (?).",
  ],
  examples: ["hive statusline", "hive statusline --as session-1-dashboard --json"],
  prints: "alive?, unread?, needs?",
  async run({ world, globals }) {
    const line = await statusLine(world, hubOptionsOf(globals));
    return { json: line ?? {}, text: line === undefined ? "" : renderStatusLine(line) };
  },
};
