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

function sleep(milliseconds: number): Promise<"slept" | "interrupted"> {
  return new Promise((resolve) => {
    const stop = () => {
      clearTimeout(timer);
      resolve("interrupted");
    };
    const timer = setTimeout(() => {
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.off(signal, stop);
      resolve("slept");
    }, milliseconds);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, stop);
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
