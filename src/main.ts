import { writeSync } from "node:fs";
import { homedir } from "node:os";
import process from "node:process";
import type { Writable } from "node:stream";
import manifest from "../package.json" with { type: "json" };
import { ancestorsOf } from "./ancestors.ts";
import { isOwnProcess } from "./domain/coding-tools/table.ts";
import type { Ulid } from "./domain/values/ids.ts";
import { readEvent } from "./read-event.ts";
import { shellLine } from "./shell-line.ts";
import type { Key, World } from "./world.ts";

async function readInput(): Promise<string> {
  const [{ buffer }, { decodeText }] = await Promise.all([
    import("node:stream/consumers"),
    import("./cli/input/utf8.ts"),
  ]);
  return decodeText(await buffer(process.stdin));
}

/** Returns what arrives on stdin within a time. The starting program may leave stdin open and write nothing. */
function readInputWithin(milliseconds: number): Promise<string> {
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

async function ask(question: string): Promise<string> {
  const { createInterface } = await import("node:readline/promises");
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  return lines.question(question).finally(() => lines.close());
}

/** Aborted when the user or the system asks the program to stop. From the first listener on, the signal no longer ends the program at once. */
const stop = new AbortController();
let isListening = false;

function listenForStop(): void {
  if (isListening) return;
  isListening = true;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => stop.abort());
}

/** Removes its timer and listener at the end, because a program may sleep many times over days. */
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

/** A key as Node tells it. */
interface KeyPress {
  readonly name?: string | undefined;
  readonly ctrl: boolean;
  readonly meta: boolean;
  readonly shift: boolean;
}

/** How long a terminal may take between the characters of one key. It is more over a slow connection. */
const KEY_MS = 100;

async function takeKeyboard(
  onKey: (key: Key) => void,
  onResize: () => void,
): Promise<(() => void) | undefined> {
  const { stdin, stdout } = process;
  if (stdin.isTTY !== true) return undefined;
  const { emitKeypressEvents } = await import("node:readline");
  // All that it reads of an interface is how long it waits.
  const wait = { escapeCodeTimeout: KEY_MS } as unknown as Parameters<typeof emitKeypressEvents>[1];
  emitKeypressEvents(stdin, wait);
  const press = (text: string | undefined, { name = "", ctrl, meta, shift }: KeyPress) => {
    const prefix = ctrl ? "ctrl-" : shift && name === "tab" ? "shift-" : "";
    onKey({
      name: `${prefix}${name}`,
      text: ctrl || meta || /^\p{Cc}?$/u.test(text ?? "") ? "" : (text ?? ""),
    });
  };
  // Without a keyboard, nobody can end the program.
  const hangUp = () => stop.abort();
  stdin.on("keypress", press).on("end", hangUp).on("error", hangUp).setRawMode(true).resume();
  stdout.on("resize", onResize);
  return () => {
    stdout.off("resize", onResize);
    stdin.off("keypress", press).pause();
    // The terminal may be gone.
    if (!stdin.destroyed) stdin.setRawMode(false);
  };
}

/** Returns the real stdout for the protocol alone. All other output goes to stderr from now on. */
async function takeStdout(): Promise<Writable> {
  const { Writable } = await import("node:stream");
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr);
  return new Writable({ write: (chunk, _, done) => void write(chunk, done) });
}

/** The server of the Model Context Protocol on this process's streams. */
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

async function startDetached(argv: readonly string[], directory: string): Promise<void> {
  const { spawn } = await import("node:child_process");
  const program = [process.argv[1] ?? "", ...argv];
  const options = { cwd: directory, detached: true, stdio: "ignore", windowsHide: true } as const;
  spawn(process.execPath, program, options)
    .on("error", () => undefined)
    .unref();
}

/** What opens a file as if the user had clicked it, by system. The path is one argument, and no shell reads it. */
const OPENERS: Readonly<Record<string, string>> = { darwin: "open", win32: "explorer" };

async function openFile(path: string): Promise<boolean> {
  const { spawn } = await import("node:child_process");
  const opener = spawn(OPENERS[process.platform] ?? "xdg-open", [path], { detached: true, stdio: "ignore" });
  opener.unref();
  return new Promise((resolve) => {
    opener.once("spawn", () => resolve(true)).once("error", () => resolve(false));
  });
}

/**
 * The current directory. Where it was deleted, as of a work tree that was removed, it is the one that the shell remembers,
 * and the process leaves it, because git starts in no directory that is gone.
 */
function currentDirectory(): string {
  try {
    return process.cwd();
  } catch {
    process.chdir("/");
    const { PWD = "" } = process.env;
    return PWD.startsWith("/") ? PWD : "/";
  }
}

function makeWorld(isTerminal: boolean): World {
  return {
    version: manifest.version,
    env: process.env,
    directory: currentDirectory(),
    home: homedir(),
    now: Date.now,
    // The system seeds it in every process. Ids must differ; they need not be secret.
    random: Math.random,
    newId: async () => (await import("ulid")).ulid(Date.now(), Math.random) as Ulid,
    out: (chunk) => void process.stdout.write(chunk),
    err: (chunk) => void process.stderr.write(chunk),
    readInput,
    readInputWithin,
    listenForStop,
    stop: () => stop.abort(),
    sleep,
    ancestors: ancestorsOf,
    isTerminal,
    isErrorTerminal: () => process.stderr.isTTY === true,
    columns: () => process.stdout.columns ?? 0,
    rows: () => process.stdout.rows ?? 0,
    takeKeyboard,
    // A function, because reading `process.stdin` opens it.
    isInteractive: () => process.stdin.isTTY === true && process.stderr.isTTY === true,
    ask,
    program: [process.execPath, process.argv[1] ?? ""],
    mcp,
    answerHook,
    startDetached,
    shellLine,
    openFile,
    reached: () => undefined,
    abandon: () => process.kill(process.pid, "SIGKILL"),
  };
}

/** Prints a line for a tool's status bar. It uses no streams, because tools ask for it every few seconds. */
async function showStatusLine(): Promise<void> {
  const { runStatusLine } = await import("./cli/status-line.ts");
  const out = (text: string) => {
    try {
      writeSync(1, text);
    } catch {
      // The tool closed the pipe.
      return;
    }
  };
  await runStatusLine({ ...makeWorld(false), out });
}

/** When a hook ends, whatever it waits for, in milliseconds. */
const HOOK_TIMEOUT_MS = 5000;

/** Answers a coding tool's hook. It always ends in time and with 0, because a failure would stop the tool. */
async function hook(argv: readonly string[]): Promise<void> {
  process.on("uncaughtException", () => process.exit(0));
  // The process of its own that a hook starts has no time limit.
  if (!isOwnProcess(argv[0] ?? "")) setTimeout(() => process.exit(0), HOOK_TIMEOUT_MS).unref();
  const world = makeWorld(false);
  // A stream costs more time than the rest of a usual hook.
  const out = (chunk: string) => void writeSync(1, chunk);
  const env = { ...world.env, HIVE_GIT_SECONDS: "2" };
  await answerHook(argv, { ...world, env, readInput: readEvent, out });
}

/** Reports that the answer of a command could not be printed. The command itself ended as `code` says. */
function reportUnprinted({ message }: Error, code: number): void {
  const end = code === 0 ? "did its work" : `ended with exit code ${code}`;
  const hint = "Do not repeat a write: hive log shows what landed, hive outbox what waits.";
  try {
    writeSync(2, `The command ${end}, but its answer could not be printed: ${message}.\n${hint}\n`);
  } catch {
    // Stderr takes nothing either.
    return;
  }
}

async function main([word, ...rest]: readonly string[]): Promise<void> {
  if (word === "statusline" && rest.length === 0) return showStatusLine();
  const asksForHelp = rest.some((each) => each === "--help" || each === "-h");
  // First, because a hook runs at each use of a tool.
  if (word === "hook" && !asksForHelp) return hook(rest).catch(() => undefined);
  // `hive log | head -1` closes the pipe early, which is no failure.
  let unprinted: NodeJS.ErrnoException | undefined;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit();
    unprinted ??= error;
  });
  process.once("exit", (code) => {
    if (unprinted === undefined) return;
    reportUnprinted(unprinted, code);
    process.exitCode = 1;
  });
  const { runProgram } = await import("./cli/program.ts");
  // Not `process.exit`: it would lose output that a pipe has not taken yet.
  process.exitCode = await runProgram(process.argv.slice(2), makeWorld(process.stdout.isTTY === true));
}

void main(process.argv.slice(2));
