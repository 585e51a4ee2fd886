import type { Command } from "../command.ts";
import { hubOptionsOf } from "../input/hub-options.ts";
import { renderStatusLine, statusLine } from "../status-line.ts";

export const statusline: Command = {
  usage: "",
  notes: ["The line shows the number of alive sessions and of unread messages."],
  examples: ["hive statusline", "hive statusline --as session-1-dashboard --json"],
  prints: "alive?, unread?",
  async run({ world, globals }) {
    const line = await statusLine(world, hubOptionsOf(globals));
    return { json: line ?? {}, text: line === undefined ? "" : renderStatusLine(line) };
  },
};
