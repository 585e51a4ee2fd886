import type { Command } from "../command.ts";
import { hubOptionsOf } from "../input/hub-options.ts";

export const mcp: Command = {
  usage: "",
  examples: ["hive mcp", "claude mcp add hive -- git-hive mcp", "hive mcp --json"],
  prints: "tools[] {name, description}",
  async run({ world, globals }) {
    // The stdout of a server belongs to its client. So --json prints the tools and serves nothing.
    if (globals.json === true) return { json: { tools: await world.mcp.tools() }, text: "" };
    await world.mcp.serve(hubOptionsOf(globals));
    return { json: null, text: "" };
  },
};
