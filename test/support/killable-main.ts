import { appendFileSync } from "node:fs";
import { homedir } from "node:os";
import process from "node:process";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { ulid } from "ulid";
import manifest from "../../package.json" with { type: "json" };
import { runProgram } from "../../src/cli/program.ts";
import type { Ulid } from "../../src/domain/values/ids.ts";
import type { World } from "../../src/world.ts";

/*
 * The same program as `src/main.ts`, in a world that a test steers by variables which nothing else reads:
 * HIVE_TEST_KILL `<step>:<n>` kills the process, as a power cut would, when it reaches that step for the n-th time;
 * HIVE_TEST_IDS is a file that each id drawn is added to; HIVE_TEST_CLOCK moves the clock by so many milliseconds.
 */
const { HIVE_TEST_KILL = "", HIVE_TEST_IDS, HIVE_TEST_CLOCK = "0" } = process.env;
const [deadlyStep, nth = "1"] = HIVE_TEST_KILL.split(":");

const now = () => Date.now() + Number(HIVE_TEST_CLOCK);
let passed = 0;

const world: World = {
  version: manifest.version,
  env: process.env,
  directory: process.cwd(),
  home: homedir(),
  now,
  random: Math.random,
  newId: async () => {
    const id = ulid(now(), Math.random) as Ulid;
    if (HIVE_TEST_IDS !== undefined) appendFileSync(HIVE_TEST_IDS, `${id}\n`);
    return id;
  },
  out: (chunk) => void process.stdout.write(chunk),
  err: (chunk) => void process.stderr.write(chunk),
  readInput: () => text(process.stdin),
  readInputWithin: async () => "",
  startDetached: async () => undefined,
  listenForStop: () => undefined,
  stop: () => undefined,
  openFile: async () => false,
  sleep: async (milliseconds) => {
    await wait(milliseconds);
    return "slept";
  },
  ancestors: () => [],
  isErrorTerminal: () => false,
  columns: () => 80,
  rows: () => 24,
  takeKeyboard: async () => undefined,
  isTerminal: false,
  isInteractive: () => false,
  ask: async () => "",
  program: [process.execPath, process.argv[1] ?? ""],
  mcp: { tools: async () => [], serve: async () => undefined },
  answerHook: async () => undefined,
  shellLine: () => undefined,
  abandon: () => undefined,
  reached: (step) => {
    if (step === deadlyStep && ++passed === Number(nth)) process.kill(process.pid, "SIGKILL");
  },
};

void runProgram(process.argv.slice(2), world).then((code) => {
  process.exitCode = code;
});
