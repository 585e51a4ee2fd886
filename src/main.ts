import { readSync, writeSync } from "node:fs";
import { homedir } from "node:os";
import process from "node:process";
import type { Writable } from "node:stream";
import manifest from "../package.json" with { type: "json" };
import type { Ulid } from "./domain/values/ids.ts";
import type { World } from "./world.ts";

async function readInput(): Promise<string> {
  const { text } = await import("node:stream/consumers");
  return text(process.stdin);
}

/** What comes on stdin within a time: whoever starts us may leave it open and say nothing. */
function readSoon(milliseconds: number): Promise<string> {
  const { stdin } = process;
  if (stdin.isTTY === true) return Promise.resolve("");
  return new Promise((resolve) => {
    let text = "";
    const timer = setTimeout(end, milliseconds);
    function end(): void {
      clearTimeout(timer);
      stdin.destroy();
      resolve(text);
    }
    stdin.setEncoding("utf8").on("end", end).on("error", end);
    stdin.on("data", (chunk: string) => {
      text += chunk;
    });
  });
}

/** What a coding tool says of an event is small; of more than this, nothing is made. */
const MOST_EVENT_BYTES = 8_388_608;

/** All of stdin, read at once: a hook has nothing else to do meanwhile, and streams cost a tenth of its time. */
async function readEvent(): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for (;;) {
      const chunk = Buffer.allocUnsafe(65_536);
      const read = readSync(0, chunk);
      if (read === 0) return size > MOST_EVENT_BYTES ? "" : Buffer.concat(chunks).toString("utf8");
      size += read;
      // What is too much is read all the same: whoever writes it is not to fail.
      if (size <= MOST_EVENT_BYTES) chunks.push(chunk.subarray(0, read));
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EAGAIN") return "";
    return Buffer.concat(chunks).toString("utf8") + (await readInput());
  }
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

/** The real stdout, for the protocol alone: whatever else is printed from here on goes to stderr. */
async function takeStdout(): Promise<Writable> {
  const { Writable } = await import("node:stream");
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr);
  return new Writable({ write: (chunk, _, done) => void write(chunk, done) });
}

/** The server of the Model Context Protocol, tied to this process's streams. */
const mcp: World["mcp"] = {
  tools: async () => {
    const { TOOLS } = await import("./mcp/tools.ts");
    return TOOLS.map(({ name, description }) => ({ name, description }));
  },
  serve: async (options) => {
    const wire = { input: process.stdin, output: await takeStdout() };
    const { serve } = await import("./mcp/serve.ts");
    return serve(makeWorld(false), options, wire);
  },
};

async function answerHook(words: readonly string[], world: World): Promise<void> {
  const { runHook } = await import("./hook/run.ts");
  return runHook(words, world);
}

async function startAlone(argv: readonly string[], directory: string): Promise<void> {
  const { spawn } = await import("node:child_process");
  const program = [process.argv[1] ?? "", ...argv];
  const options = { cwd: directory, detached: true, stdio: "ignore", windowsHide: true } as const;
  spawn(process.execPath, program, options)
    .on("error", () => undefined)
    .unref();
}

function makeWorld(isTerminal: boolean): World {
  return {
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
    readSoon,
    sleep,
    isTerminal,
    // Asked for only when it matters: a look at stdin opens it.
    isInteractive: () => process.stdin.isTTY === true && process.stderr.isTTY === true,
    ask,
    program: [process.execPath, process.argv[1] ?? ""],
    mcp,
    answerHook,
    startAlone,
    reached: () => undefined,
  };
}

/** A line for a tool's status bar: tools ask for it every few seconds, so it starts without streams. */
async function showStatusLine(): Promise<void> {
  const { runStatusLine } = await import("./cli/status-line.ts");
  const out = (text: string) => {
    try {
      writeSync(1, text);
    } catch {
      // The tool has stopped listening.
      return;
    }
  };
  await runStatusLine({ ...makeWorld(false), out });
}

/** A coding tool's hook: whatever happens, it ends well, for a failure would stop the tool. */
async function hook(argv: readonly string[]): Promise<void> {
  process.on("uncaughtException", () => process.exit(0));
  // A stream costs more than all that a hook usually does.
  const out = (chunk: string) => void writeSync(1, chunk);
  await answerHook(argv, { ...makeWorld(false), readInput: readEvent, out });
}

async function main([word, ...rest]: readonly string[]): Promise<void> {
  if (word === "statusline" && rest.length === 0) return showStatusLine();
  const asksForHelp = rest.some((each) => each === "--help" || each === "-h");
  // Before everything else: a hook runs each time that a tool is used.
  if (word === "hook" && !asksForHelp) return hook(rest).catch(() => undefined);
  // `hive log | head -1` closes the pipe early; that is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
  const { runProgram } = await import("./cli/program.ts");
  // Not `process.exit`: it would cut off what a pipe has not taken yet.
  process.exitCode = await runProgram(process.argv.slice(2), makeWorld(process.stdout.isTTY === true));
}

void main(process.argv.slice(2));
