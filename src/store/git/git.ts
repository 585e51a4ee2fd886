import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { getBuiltinModule, kill } from "node:process";
import { HiveError } from "../../errors.ts";
import type { Environment } from "../host/environment.ts";
import { gitEnvironment } from "./git-environment.ts";
import { HARDENING } from "./hardening.ts";

/** Loaded when git is first started, because most hooks start none and must be as fast as a program that does nothing. */
function childProcess() {
  return getBuiltinModule("node:child_process");
}

/** The most that `runNow` may print: the log of a million commits, with the fields that git-hive asks for. */
const MAX_OUTPUT_BYTES = 536_870_912;

/** How long `runNow` waits for a git that hangs, in seconds. A hook waits less: it sets `HIVE_GIT_SECONDS`. */
const MAX_RUN_SECONDS = 600;

/** A git process that reads requests from its stdin and answers on its stdout. */
export type GitProcess = ChildProcessWithoutNullStreams;

/** The output of a command, with stdout as bytes. */
export interface GitOutput {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface GitResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether the deadline passed and the whole process group was killed. What git did until then is unknown. */
  readonly timedOut: boolean;
}

/** What a command may use. Without a limit, it may use as much as it likes. */
export interface RunLimits {
  /** The time of the whole process group. */
  readonly seconds?: number;
  /** Ends the whole process group early, and lets git remove its locks. It then counts as timed out. */
  readonly signal?: AbortSignal;
  /** The most that git may print; it is killed before it prints more. */
  readonly outputBytes?: number;
  /** The largest single piece of memory that a process of the group may ask for. */
  readonly allocationBytes?: number;
  /** Adds the headers of HTTP to stderr, without login. Addresses in it may have secrets: it is never shown or kept. */
  readonly tracesHttp?: boolean;
}

/** One bare repository. Git is run on it only through this interface. */
export interface Git {
  readonly directory: string;
  /** Runs a command to its end. A non-zero exit is a result, not an error. */
  run(args: readonly string[], options?: RunLimits & { input?: string | undefined }): Promise<GitResult>;
  /**
   * Runs a command synchronously. It avoids the cost of streams but blocks, so it is for commands that take
   * milliseconds and use no network.
   */
  runNow(args: readonly string[], input: string): GitOutput;
  /** Starts a long-running command. The caller ends it by closing its stdin. */
  open(args: readonly string[]): GitProcess;
}

/** What `run` adds so that git reaches a server as it would in a user's project. */
export interface Reach {
  /** The directory to run in; undefined for that of this process. */
  readonly directory: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
}

/** Git on the bare repository in a directory. `reach` is asked before each `run`, which may use the network. */
export function gitAt(
  directory: string,
  environment: Environment,
  reach: () => Reach = () => ({ directory: undefined, variables: {} }),
): Git {
  const env = gitEnvironment(environment);
  const argv = (args: readonly string[]) => [`--git-dir=${directory}`, ...HARDENING, ...args];
  const start = (args: readonly string[], { directory: cwd, variables }: Reach) =>
    childProcess().spawn("git", argv(args), {
      cwd,
      env: { ...env, ...variables },
      stdio: ["pipe", "pipe", "pipe"],
      detached: true,
      windowsHide: true,
    });
  return {
    directory,
    open: (args) => start(args, { directory: undefined, variables: {} }),
    runNow: (args, input) => runNow(argv(args), input, env),
    run: async (args, { input, ...limits } = {}) => {
      const { directory: cwd, variables } = reach();
      const child = start(args, { directory: cwd, variables: { ...variables, ...variablesOf(limits) } });
      return finish(child, input, limits);
    },
  };
}

function runNow(argv: readonly string[], input: string, env: Record<string, string>): GitOutput {
  const { error, status, stdout, stderr } = childProcess().spawnSync("git", argv, {
    env,
    input,
    maxBuffer: MAX_OUTPUT_BYTES,
    timeout: Number(env.HIVE_GIT_SECONDS ?? MAX_RUN_SECONDS) * 1000,
    killSignal: "SIGKILL",
  });
  // A git that ends before it has read all of its input still reports the reason.
  if (error && !(codeOf(error) === "EPIPE" && status !== null)) throw notRun(error);
  return { code: status ?? 128, stdout, stderr: stderr.toString("utf8") };
}

/** A setting as git has it: where it comes from, its name in lower case but for its middle part, and its value. */
export interface Setting {
  readonly scope: string;
  readonly key: string;
  readonly value: string;
}

/**
 * All settings that git has at a place, given as its first arguments, the strongest last; undefined where git cannot read
 * them. Without the settings that all other commands get.
 */
export function settingsAt(place: readonly string[], environment: Environment): Setting[] | undefined {
  const list = ["config", "--list", "--show-scope", "-z"];
  const { code, stdout } = runNow([...place, ...list], "", gitEnvironment(environment));
  if (code !== 0) return undefined;
  const fields = stdout.toString("utf8").split("\0");
  return Array.from({ length: Math.floor(fields.length / 2) }, (_, at) => {
    const [scope = "", line = ""] = fields.slice(2 * at);
    const end = line.indexOf("\n");
    // A name without a value is a switch that is on.
    return end < 0
      ? { scope, key: line, value: "true" }
      : { scope, key: line.slice(0, end), value: line.slice(end + 1) };
  });
}

/** Git itself refuses a larger allocation. No option of git bounds the memory for a commit. */
function variablesOf({ allocationBytes, tracesHttp }: RunLimits): Record<string, string> {
  return {
    ...(allocationBytes === undefined ? {} : { GIT_ALLOC_LIMIT: String(allocationBytes) }),
    ...(tracesHttp ? { GIT_TRACE_CURL: "2", GIT_TRACE_CURL_NO_DATA: "1", GIT_TRACE_REDACT: "1" } : {}),
  };
}

async function finish(
  child: ChildProcessWithoutNullStreams,
  input: string | undefined,
  { seconds, signal, outputBytes = Number.POSITIVE_INFINITY }: RunLimits,
): Promise<GitResult> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  let printed = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    printed += chunk.length;
    if (printed <= outputBytes) stdout.push(chunk);
    else killGroup(child, "SIGKILL");
  });
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  // A child that exits early closes its stdin; its exit code is enough to know.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input ?? "");
  let timedOut = false;
  const stop = (by: NodeJS.Signals) => {
    timedOut = true;
    killGroup(child, by);
  };
  const timer = seconds === undefined ? undefined : setTimeout(stop, seconds * 1000, "SIGKILL");
  const onAbort = () => stop("SIGTERM");
  signal?.addEventListener("abort", onAbort);
  const code = await exitCode(child).finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  });
  return {
    code,
    stdout: Buffer.concat(stdout).toString("utf8"),
    stderr: Buffer.concat(stderr).toString("utf8"),
    timedOut,
  };
}

function exitCode(child: ChildProcessWithoutNullStreams): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", (cause) => reject(notRun(cause)));
    child.once("close", (code) => resolve(code ?? 128));
  });
}

function codeOf(error: Error): string {
  return (error as NodeJS.ErrnoException).code ?? "";
}

type Cause = readonly [code: string, message: string, hint: string];

const NO_RESOURCES: Cause = [
  "no_resources",
  "git could not be started: this host has no memory, processes or open files left for it.",
  "Try again when less is running.",
];

/** Why a program cannot run, and what to do next, by the error code of the system. */
const CAUSES: Readonly<Record<string, Cause>> = {
  ETIMEDOUT: ["git_hangs", "git did not end.", "Check that this ends here: git version"],
  ENOENT: ["git_missing", "git could not be run.", "Install git 2.38 or newer and check that it is on PATH."],
  EACCES: ["git_denied", "This user may not run git.", "Check the rights of the git that is first on PATH."],
  ENOBUFS: [
    "git_output",
    `git printed more than ${MAX_OUTPUT_BYTES / 1_048_576} MiB, which is not read.`,
    "Ask for less, as with --since, and check what fills the hub: hive doctor",
  ],
  EAGAIN: NO_RESOURCES,
  ENOMEM: NO_RESOURCES,
  EMFILE: NO_RESOURCES,
  ENFILE: NO_RESOURCES,
};

/** Returns the error for a git that did not run, or whose answer could not be taken. */
function notRun(cause: Error): HiveError {
  const [code, message, hint] = CAUSES[codeOf(cause)] ?? [
    "git_failed",
    `git could not be run: ${cause.message}.`,
    "Check that this works here: git version",
  ];
  return new HiveError(code, message, hint, { cause });
}

/** Kills the whole process group, because a transport helper survives its parent. */
function killGroup(child: ChildProcessWithoutNullStreams, by: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    kill(-child.pid, by);
  } catch {
    child.kill(by);
  }
}

/** What `git version` prints; undefined when git cannot be run. */
export function gitVersion(environment: Environment): string | undefined {
  try {
    return gitAt(".", environment).runNow(["version"], "").stdout.toString("utf8").trim();
  } catch (error) {
    if (error instanceof HiveError) return undefined;
    throw error;
  }
}
