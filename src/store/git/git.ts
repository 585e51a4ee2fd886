import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { kill } from "node:process";
import { HiveError } from "../../errors.ts";
import type { Environment } from "../host/environment.ts";
import { gitEnvironment, HARDENING } from "./hardening.ts";

/** What `runNow` may print: the log of a million commits, as far as it is asked for. */
const MOST_BYTES = 536_870_912;

/** A git process that is talked to over its stdin and stdout. */
export type Conversation = ChildProcessWithoutNullStreams;

/** What a command printed, its stdout as bytes. */
export interface GitOutput {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface GitResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The deadline passed and the whole process group was killed: what git did until then is unknown. */
  readonly timedOut: boolean;
}

/** One bare repository, and the only way to run git on it. */
export interface Git {
  readonly directory: string;
  /** Runs to the end; a non-zero exit is a result, not an error. `seconds` bounds the time of the whole process group. */
  run(
    args: readonly string[],
    options?: { input?: string | undefined; seconds?: number },
  ): Promise<GitResult>;
  /** The same for what takes milliseconds and asks no network: it spares the cost of streams, and blocks. */
  runNow(args: readonly string[], input: string): GitOutput;
  /** Starts a conversation on stdin and stdout; the caller ends it by closing stdin. */
  open(args: readonly string[]): Conversation;
}

export function gitAt(directory: string, environment: Environment): Git {
  const env = gitEnvironment(environment);
  const argv = (args: readonly string[]) => [`--git-dir=${directory}`, ...HARDENING, ...args];
  const start = (args: readonly string[]) =>
    spawn("git", argv(args), {
      env,
      stdio: ["pipe", "pipe", "pipe"],
      detached: true,
      windowsHide: true,
    });
  return {
    directory,
    open: start,
    runNow: (args, input) => {
      const { error, status, stdout, stderr } = spawnSync("git", argv(args), {
        env,
        input,
        maxBuffer: MOST_BYTES,
      });
      if (error) throw missing(error);
      return { code: status ?? 128, stdout, stderr: stderr.toString("utf8") };
    },
    run: (args, { input, seconds } = {}) => finish(start(args), input, seconds),
  };
}

async function finish(
  child: ChildProcessWithoutNullStreams,
  input: string | undefined,
  seconds: number | undefined,
): Promise<GitResult> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  // A child that exits early closes its stdin; its exit code says what matters.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input ?? "");
  let timedOut = false;
  const timer =
    seconds === undefined
      ? undefined
      : setTimeout(() => {
          timedOut = true;
          killGroup(child);
        }, seconds * 1000);
  const code = await exitCode(child).finally(() => clearTimeout(timer));
  return {
    code,
    stdout: Buffer.concat(stdout).toString("utf8"),
    stderr: Buffer.concat(stderr).toString("utf8"),
    timedOut,
  };
}

function exitCode(child: ChildProcessWithoutNullStreams): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", (cause) => reject(missing(cause)));
    child.once("close", (code) => resolve(code ?? 128));
  });
}

function missing(cause: Error): HiveError {
  return new HiveError(
    "git_missing",
    "git did not run.",
    "Install git 2.38 or newer and see that it is on PATH.",
    {
      cause,
    },
  );
}

/** A transport helper survives its parent, so the whole group goes. */
function killGroup(child: ChildProcessWithoutNullStreams): void {
  if (child.pid === undefined) return;
  try {
    kill(-child.pid, "SIGKILL");
  } catch {
    child.kill("SIGKILL");
  }
}

/** What `git version` prints; undefined where git does not run. */
export function gitVersion(environment: Environment): string | undefined {
  try {
    return gitAt(".", environment).runNow(["version"], "").stdout.toString("utf8").trim();
  } catch (error) {
    if (error instanceof HiveError) return undefined;
    throw error;
  }
}
