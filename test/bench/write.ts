import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import process, { hrtime } from "node:process";
import { promisify } from "node:util";
import { parseSession } from "../../src/app/workplace/workplace.ts";
import { openHttpHub } from "../support/http-hub.ts";
import { Sandbox } from "../support/sandbox.ts";
import { median, rotated } from "./statistics.ts";

/**
 * One uncontended `hive broadcast`, in process and as a whole process, against (a) the floor: `git commit-tree` and
 * `git push` of a prepared commit, and (b) what a bash user would write; bare Node shows what its start alone costs. Each contender has a hub of its own of the
 * same kind, and all of them take turns in each round. Usage: npm run bench:write [-- --json]
 */

const run = promisify(execFile);
const HIVE = new URL("../../dist/main.cjs", import.meta.url).pathname;
const DELAY_MS = 300;
const SESSION = "session-1-bench";

/** Edit, add, commit, rebase on what is new, push. */
const NAIVE = `set -e
printf '{"beat": "%s"}\\n' "$1" > coordination/HEARTBEATS/bench.json
git add coordination/HEARTBEATS/bench.json
git commit -q -m "heartbeat $1"
git pull -q --rebase
git push -q`;

interface Contender {
  readonly name: string;
  act(round: number): Promise<unknown>;
}

const sandbox = new Sandbox();
const identity = ["-c", "user.name=bench", "-c", "user.email=bench@example.org"];
const env = { ...sandbox.env, GIT_TERMINAL_PROMPT: "0" };
const server = await openHttpHub(sandbox, { delay: DELAY_MS });

const places = [
  {
    name: "bare remote on disk",
    rounds: 15,
    address: (hub: string) => `file://${sandbox.directory}/hubs/${hub}.git`,
  },
  { name: `smart HTTP, ${DELAY_MS} ms a round trip`, rounds: 5, address: (hub: string) => server.url(hub) },
  {
    name: "embedded hub",
    rounds: 15,
    address: (hub: string) => join(sandbox.directory, "hubs", `${hub}.git`),
  },
];

const report = [];
for (const { name, rounds, address } of places) {
  const contenders = await prepare(name.replaceAll(/\W+/g, "-"), address);
  const times = new Map(contenders.map((contender) => [contender.name, [] as number[]]));
  for (let round = -1; round < rounds; round++)
    for (const contender of rotated(contenders, round + 1)) {
      const took = await time(() => contender.act(round));
      if (round >= 0) times.get(contender.name)?.push(took);
    }
  const of = (contender: string) => median(times.get(contender) ?? []);
  report.push({
    place: name,
    milliseconds: Object.fromEntries(contenders.map((contender) => [contender.name, of(contender.name)])),
    in_process_to_floor: of("in process") / of("floor"),
    whole_to_bash: of("whole process") / of("bash"),
  });
}
await sandbox.close();

if (process.argv.includes("--json")) process.stdout.write(`${JSON.stringify(report)}\n`);
else
  for (const { place, milliseconds, in_process_to_floor, whole_to_bash } of report) {
    const medians = Object.entries(milliseconds).map(([name, took]) => `${name} ${took.toFixed(0)} ms`);
    process.stdout.write(`${place}: ${medians.join(", ")}\n`);
    process.stdout.write(`  in process ${in_process_to_floor.toFixed(2)} x floor, `);
    process.stdout.write(`whole process ${whole_to_bash.toFixed(2)} x bash\n`);
  }

async function time(act: () => Promise<unknown>): Promise<number> {
  const started = hrtime.bigint();
  await act();
  return Number(hrtime.bigint() - started) / 1e6;
}

async function prepare(place: string, address: (hub: string) => string): Promise<Contender[]> {
  const hub = async (name: string) => {
    await sandbox.bareHub(`${place}-${name}`);
    return address(`${place}-${name}`);
  };
  const floor = await clone(await hub("floor"), `${place}-floor`);
  const bash = await clone(await hub("bash"), `${place}-bash`);
  const inProcess = await hub("in-process");
  const world = sandbox.host(`${place}-in-process`, { now: Date.now });
  const session = parseSession(SESSION);
  const setUp = await sandbox.hive(inProcess, world);
  await setUp.submit("init", {}, session);
  await setUp.submit("register", {}, session);
  const whole = await hub("whole");
  const shell: NodeJS.ProcessEnv = {
    ...env,
    HIVE_STATE_DIR: sandbox.folder("hosts", `${place}-whole`),
    HIVE_SESSION: SESSION,
  };
  const hive = (...argv: string[]) =>
    run(process.execPath, [HIVE, ...argv], { env: shell, cwd: sandbox.directory });
  await hive("init", "--remote", whole);
  await hive("register", SESSION);
  return [
    { name: "floor", act: () => pushPrepared(floor) },
    { name: "bash", act: (round) => run("bash", ["-c", NAIVE, "naive", String(round)], { cwd: bash, env }) },
    {
      name: "in process",
      act: async (round) => {
        const opened = await sandbox.hive(inProcess, world);
        await opened.submit("broadcast", { text: `Round ${round}`, priority: "normal" }, session);
        opened.close();
      },
    },
    { name: "bare node", act: () => run(process.execPath, ["-e", "0"], { env: shell }) },
    { name: "whole process", act: (round) => hive("broadcast", `Round ${round}`) },
  ];
}

/** A clone with a first commit, as the bash tools' users have it. */
async function clone(address: string, name: string): Promise<string> {
  const directory = sandbox.folder("clones", name);
  const git = (...argv: string[]) => run("git", [...identity, ...argv], { cwd: directory, env });
  await git("init", "-q", "-b", "main");
  await git("remote", "add", "origin", address);
  sandbox.folder("clones", name, "coordination", "HEARTBEATS");
  await writeFile(join(directory, "coordination/HEARTBEATS/bench.json"), "{}\n");
  await git("config", "user.name", "bench");
  await git("config", "user.email", "bench@example.org");
  await git("add", "-A");
  await git("commit", "-q", "-m", "first");
  await git("push", "-q", "-u", "origin", "main");
  return directory;
}

async function pushPrepared(directory: string): Promise<void> {
  const git = async (...argv: string[]) => (await run("git", argv, { cwd: directory, env })).stdout.trim();
  const commit = await git("commit-tree", "origin/main^{tree}", "-p", "origin/main", "-m", "bench");
  await git("push", "-q", "--porcelain", "--no-verify", "origin", `${commit}:refs/heads/main`);
}
