import { McpServer } from "@modelcontextprotocol/server";
import { answer, failure } from "./answer.ts";
import type { Desk } from "./connection.ts";
import { INSTRUCTIONS } from "./instructions.ts";
import { addPrompts } from "./prompts.ts";
import { addResources } from "./resources.ts";
import { standard } from "./schema.ts";
import type { Tool } from "./tool.ts";
import { TOOLS } from "./tools.ts";
import { NOTICE } from "./untrusted.ts";

/** A server with every tool, resource and prompt, at work on one desk. */
export function buildServer(desk: Desk, version: string): McpServer {
  const server = new McpServer({ name: "git-hive", version }, { instructions: INSTRUCTIONS });
  for (const tool of TOOLS) addTool(server, desk, tool);
  addResources(server, desk);
  addPrompts(server, desk);
  return server;
}

function addTool(server: McpServer, desk: Desk, tool: Tool): void {
  const { name, description, isReading, input, output } = tool;
  const config = {
    description,
    inputSchema: standard(input),
    ...(output === undefined ? {} : { outputSchema: standard(output) }),
    annotations: isReading ? { readOnlyHint: true } : {},
  };
  server.registerTool(name, config, async (given) => {
    try {
      const result = await tool.run(desk, given);
      return answer(isReading ? { ...result, notice: NOTICE } : result);
    } catch (error) {
      return failure(error);
    }
  });
}
