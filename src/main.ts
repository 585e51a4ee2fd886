import { homedir } from "node:os";
import process from "node:process";
import manifest from "../package.json" with { type: "json" };
import { runProgram } from "./cli/program.ts";
import type { Ulid } from "./domain/ids.ts";
import type { World } from "./world.ts";

async function readInput(): Promise<string> {
  const { text } = await import("node:stream/consumers");
  return text(process.stdin);
}

async function ask(question: string): Promise<string> {
  const { createInterface } = await import("node:readline/promises");
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  return lines.question(question).finally(() => lines.close());
}

/** Aborted when the user or the system asks the program to stop; once that is heard, it no longer ends it at once. */
const stop = new AbortController();
let isListening = false;

function listenForStop(): void {
  if (isListening) return;
  isListening = true;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => stop.abort());
}

/** Nothing is left behind of one that has ended, for a program may sleep for days. */
function sleep(milliseconds: number, alarm?: Promise<unknown>): Promise<"slept" | "woken" | "interrupted"> {
  listenForStop();
  return new Promise((resolve, reject) => {
    const end = (how: "slept" | "woken" | "interrupted") => {
      clearTimeout(timer);
      stop.signal.removeEventListener("abort", interrupt);
      resolve(how);
    };
    const timer = setTimeout(() => end("slept"), milliseconds);
    const interrupt = () => end("interrupted");
    stop.signal.addEventListener("abort", interrupt);
    if (stop.signal.aborted) interrupt();
    alarm?.then(() => end("woken"), reject);
  });
}

const world: World = {
  version: manifest.version,
  env: process.env,
  directory: process.cwd(),
  home: homedir(),
  now: Date.now,
  // Seeded from the system in every process: ids have to differ, not to be secret.
  random: Math.random,
  newId: async () => (await import("ulid")).ulid(Date.now(), Math.random) as Ulid,
  out: (chunk) => void process.stdout.write(chunk),
  err: (chunk) => void process.stderr.write(chunk),
  readInput,
  sleep,
  isTerminal: process.stdout.isTTY === true,
  // Asked for only when it matters: a look at stdin opens it.
  isInteractive: () => process.stdin.isTTY === true && process.stderr.isTTY === true,
  ask,
  program: [process.execPath, process.argv[1] ?? ""],
  reached: () => undefined,
};

// `hive log | head -1` closes the pipe early; that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

// Not `process.exit`: it would cut off what a pipe has not taken yet.
void runProgram(process.argv.slice(2), world).then((code) => {
  process.exitCode = code;
});
