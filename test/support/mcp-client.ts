import process from "node:process";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { MAIN, type Machine } from "./processes.ts";

/** What a tool answered, as a model gets it. */
export interface McpAnswer {
  readonly isError: boolean;
  readonly value: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** The built server behind the protocol library's own client. */
export class McpClient {
  readonly client: Client;

  private constructor(client: Client) {
    this.client = client;
  }

  /** Starts `hive mcp` on a machine. It has to be closed. */
  static async open(machine: Machine, ...options: string[]): Promise<McpClient> {
    const client = new Client({ name: "test", version: "1.0.0" });
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [MAIN, "mcp", ...options],
      cwd: machine.directory,
      env: { ...machine.variables },
      stderr: "ignore",
    });
    await client.connect(transport);
    return new McpClient(client);
  }

  async call(name: string, given: object = {}): Promise<McpAnswer> {
    const { isError, structuredContent, content } = await this.client.callTool({
      name,
      arguments: { ...given },
    });
    const text = content.map((part) => (part.type === "text" ? part.text : "")).join("\n");
    return { isError: isError === true, value: objectOf(structuredContent, text), text };
  }

  close(): Promise<void> {
    return this.client.close();
  }
}

/** The object of an answer. An error has it as text only. */
function objectOf(structured: unknown, text: string): McpAnswer["value"] {
  return (structured ?? JSON.parse(text.startsWith("{") ? text : "{}")) as McpAnswer["value"];
}
