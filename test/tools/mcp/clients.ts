import { dirname, join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { MAIN, type Machine } from "../../support/processes.ts";
import type { PinnedName } from "../install.ts";
import type { ToolCall } from "./calls.ts";

/** What a client has of a server: its tools, and what a model reads of each answer. */
interface Seen {
  readonly tools: readonly string[];
  readonly answers: readonly { readonly isError: boolean; readonly text: string }[];
}

/** A library by which programs use MCP servers. */
export interface McpLibrary {
  readonly title: string;
  readonly pin: PinnedName;
  /** Starts `hive mcp` on a machine, lists its tools, calls some one after the other, and ends it. */
  call(file: string, machine: Machine, calls: readonly ToolCall[]): Promise<Seen>;
}

/** What the clients of both SDKs have in common. */
interface SdkClient {
  connect(transport: unknown): Promise<void>;
  listTools(): Promise<{ tools: { name: string }[] }>;
  callTool(call: { name: string; arguments: object }): Promise<SdkAnswer>;
  close(): Promise<void>;
}
interface SdkAnswer {
  readonly isError?: boolean;
  readonly content: readonly { readonly text?: string }[];
}
interface Sdk {
  readonly Client: new (info: object) => SdkClient;
  readonly StdioClientTransport: new (server: object) => unknown;
}

export const LIBRARIES: readonly McpLibrary[] = [
  { title: "TypeScript SDK 1", pin: "firstSdk", call: bySdk("index.js", "stdio.js") },
  { title: "TypeScript SDK 2", pin: "secondSdk", call: bySdk("index.mjs", "stdio.mjs") },
  { title: "Python SDK", pin: "pythonSdk", call: byPython },
  { title: "FastMCP", pin: "fastmcp", call: byPython },
];

function serverOn(machine: Machine) {
  return {
    command: process.execPath,
    args: [MAIN, "mcp"],
    cwd: machine.directory,
    env: { ...machine.variables },
  };
}

function bySdk(...files: readonly string[]): McpLibrary["call"] {
  return async (folder, machine, calls) => {
    const parts = files.map((name) => import(/* @vite-ignore */ pathToFileURL(join(folder, name)).href));
    const sdk = Object.assign({}, ...(await Promise.all(parts))) as Sdk;
    const client = new sdk.Client({ name: "test", version: "1.0.0" });
    await client.connect(new sdk.StdioClientTransport({ ...serverOn(machine), stderr: "ignore" }));
    try {
      const { tools } = await client.listTools();
      const answers: Seen["answers"][number][] = [];
      for (const { tool, given } of calls) {
        const { isError = false, content } = await client.callTool({ name: tool, arguments: given });
        answers.push({ isError, text: content.map(({ text = "" }) => text).join("\n") });
      }
      return { tools: tools.map(({ name }) => name), answers };
    } finally {
      await client.close();
    }
  };
}

async function byPython(module: string, machine: Machine, calls: readonly ToolCall[]): Promise<Seen> {
  const script = new URL("call-tools.py", import.meta.url).pathname;
  const pairs = calls.map(({ tool, given }) => [tool, given]);
  const job = JSON.stringify({ server: serverOn(machine), calls: pairs });
  const { out, err } = await machine.run("python3", [script, module.split("/").at(-1) ?? ""], {
    input: job,
    env: { PYTHONPATH: dirname(module), PYTHONDONTWRITEBYTECODE: "1" },
  });
  if (out === "") throw new Error(err);
  return JSON.parse(out) as Seen;
}
