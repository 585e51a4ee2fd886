import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { tokensOf } from "../support/tokens.ts";
import { bareVariables, monotonic, timed } from "./live-world.ts";
import { median } from "./statistics.ts";

/**
 * `hive mcp`: how long until its first reply, against a bare node that ends, and what a call on the warm replica takes.
 * Usage: npm run bench:mcp [-- --json]
 */

const ROUNDS = 15;
const CALLS = 50;
const HIVE = new URL("../../dist/main.cjs", import.meta.url).pathname;

const HELLO = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "bench", version: "1" } },
};

const directory = await mkdtemp(join(tmpdir(), "hive-bench-"));
const env = {
  ...bareVariables(directory),
  HIVE_STATE_DIR: join(directory, "state"),
  HIVE_SESSION: "session-1-bench",
};
const hub = join(directory, "hub.git");
await promisify(execFile)("git", ["init", "--quiet", "--bare", "--initial-branch=main", hub], { env });
const hive = (...argv: string[]) =>
  promisify(execFile)(process.execPath, [HIVE, ...argv], { env, cwd: directory });
await hive("init", "--remote", `file://${hub}`);
for (const id of ["session-2-helper", "session-1-bench"]) await hive("register", id, "--skill", "ui");
for (let count = 0; count < 20; count++)
  await hive("broadcast", `Message ${count}`, "--as", "session-2-helper");

const [replies, bare]: [number[], number[]] = [[], []];
for (let round = 0; round < ROUNDS; round++) {
  replies.push(await timeToFirstReply());
  bare.push(await timed(() => promisify(execFile)(process.execPath, ["-e", "0"], { env })));
}

const client = new Client({ name: "bench", version: "1" });
const transport = new StdioClientTransport({
  command: process.execPath,
  args: [HIVE, "mcp"],
  cwd: directory,
  env,
});
await client.connect(transport);
const { tools } = await client.listTools();
const calls = {
  sync: {},
  inbox: {},
  match: { task: "Build a user interface" },
};
const report: Record<string, number> = {
  "first reply, ms": median(replies),
  "first reply, x bare node": median(replies) / median(bare),
  "tool list, tokens": tokensOf(JSON.stringify(tools)),
};
for (const [name, given] of Object.entries(calls)) {
  const times: number[] = [];
  for (let count = 0; count < CALLS; count++)
    times.push(await timed(() => client.callTool({ name, arguments: given })));
  report[`${name} on the warm replica, ms`] = median(times);
}
await client.close();
await rm(directory, { recursive: true });

if (process.argv.includes("--json")) process.stdout.write(`${JSON.stringify(report)}\n`);
else
  for (const [name, value] of Object.entries(report))
    process.stdout.write(`${name.padEnd(32)} ${value.toFixed(value < 10 ? 2 : 0)}\n`);

/** From the start of the process to its answer to the first request. */
function timeToFirstReply(): Promise<number> {
  const started = monotonic();
  const child = spawn(process.execPath, [HIVE, "mcp"], {
    env,
    cwd: directory,
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.write(`${JSON.stringify(HELLO)}\n`);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.stdout.once("data", () => {
      const took = monotonic() - started;
      child.once("close", () => resolve(took));
      child.stdin.end();
    });
  });
}
