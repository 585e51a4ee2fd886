import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { median, rotated } from "./statistics.ts";

/** CPU time of whole commands against bare `node -e 0`, paired in each round. Usage: npm run bench:start [-- --json] */

const ROUNDS = 25;
const HIVE = new URL("../../dist/main.cjs", import.meta.url).pathname;
const PRELOAD = new URL("report-cpu.cjs", import.meta.url).pathname;

const CASES = [
  { name: "--help", reach: 1.6, argv: ["--help"] },
  { name: "statusline", reach: 1.5, argv: ["statusline"] },
  { name: "sync", reach: 1.9, argv: ["sync"] },
  { name: "inbox", reach: 1.9, argv: ["inbox"] },
  { name: "find-help", reach: 1.9, argv: ["find-help", "ui"] },
  { name: "match", reach: 1.9, argv: ["match", "Build a dashboard"] },
  { name: "log", reach: 1.9, argv: ["log"] },
  { name: "broadcast", reach: 2.2, argv: ["broadcast", "Benchmark"] },
  { name: "request", reach: 2.2, argv: ["request", "session-2-helper", "Benchmark"] },
];

const directory = await mkdtemp(join(tmpdir(), "hive-bench-"));
const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env;
const env = {
  ...inherited,
  HOME: directory,
  HIVE_STATE_DIR: join(directory, "state"),
  HIVE_SESSION: "session-1-bench",
};

for (const argv of [
  ["init"],
  ["register", "session-2-helper", "--skill", "ui"],
  ["register", "session-1-bench"],
])
  await promisify(execFile)(process.execPath, [HIVE, ...argv], { env, cwd: directory });

const ratios = new Map(CASES.map(({ name }) => [name, [] as number[]]));
for (let round = 0; round < ROUNDS; round++) {
  const bare = await cpuTime(["-e", "0"]);
  for (const { name, argv } of rotated(CASES, round))
    ratios.get(name)?.push((await cpuTime([HIVE, ...argv])) / bare);
}
await rm(directory, { recursive: true });

const report = CASES.map(({ name, reach }) => ({ name, ratio: median(ratios.get(name) ?? []), reach }));
if (process.argv.includes("--json")) process.stdout.write(`${JSON.stringify(report)}\n`);
else
  for (const { name, ratio, reach } of report)
    process.stdout.write(`${name.padEnd(12)} ${ratio.toFixed(2)} x bare node (reach ${reach})\n`);

/** Microseconds of user and system time of one node process. */
async function cpuTime(argv: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, ["--require", PRELOAD, ...argv], {
    env,
    cwd: directory,
    stdio: ["ignore", "ignore", "inherit", "pipe"],
  });
  const report = child.stdio[3];
  if (!report || !("read" in report)) throw new Error("no pipe to report on");
  const { user, system } = JSON.parse(await text(report as NodeJS.ReadableStream));
  return user + system;
}
