import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import type { Sandbox } from "./sandbox.ts";

export const ROOT = new URL("../..", import.meta.url).pathname;
export const MAIN = join(ROOT, "dist/main.cjs");

/** How a process ended and what it printed. */
export interface EndedProcess {
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly err: string;
}

type Variables = Readonly<Record<string, string>>;

/** A machine of its own: a state directory, an empty home, a directory to work in, and nothing of this machine's git. */
export class Machine {
  readonly home: string;
  readonly directory: string;
  readonly #env: Variables;

  constructor(sandbox: Sandbox, name: string, env: Variables = {}) {
    this.home = sandbox.folder("machines", name, "home");
    this.directory = sandbox.folder("machines", name, "work");
    this.#env = {
      PATH: process.env.PATH ?? "",
      HOME: this.home,
      HIVE_STATE_DIR: join(sandbox.directory, "machines", name, "state"),
      TMPDIR: sandbox.folder("machines", name, "tmp"),
      GIT_CONFIG_NOSYSTEM: "1",
      ...env,
    };
  }

  /** What every program on it has in its environment. */
  get variables(): Variables {
    return this.#env;
  }

  /** Starts a program; what it reads from stdin is empty. */
  start(file: string, argv: readonly string[], env: Variables = {}): ChildProcess {
    return spawn(file, argv, { cwd: this.directory, env: { ...this.#env, ...env } });
  }

  /** Runs a program to its end. */
  run(
    file: string,
    argv: readonly string[],
    options: { env?: Variables; input?: string | Uint8Array } = {},
  ): Promise<EndedProcess> {
    const child = this.start(file, argv, options.env);
    child.stdin?.on("error", () => undefined).end(options.input ?? "");
    return ended(child);
  }

  /** Runs the built hive. */
  hive(...argv: string[]): Promise<EndedProcess> {
    return this.run(process.execPath, [MAIN, ...argv]);
  }

  /** Runs a hive command that has to succeed; what it printed. */
  async print(...argv: string[]): Promise<string> {
    const { code, out, err } = await this.hive(...argv);
    if (code !== 0) throw new Error(`hive ${argv.join(" ")} ended with ${code}: ${err}`);
    return out;
  }

  /** The same with --json; the document it printed. */
  async json<Shape>(...argv: string[]): Promise<Shape> {
    return JSON.parse(await this.print(...argv, "--json")) as Shape;
  }

  /** Runs one of the wrappers that keep the old tools' names. */
  script(name: string, ...argv: string[]): Promise<EndedProcess> {
    return this.run(join(ROOT, "scripts", name), argv);
  }
}

/** Everything a process prints until it ends. */
export function ended(child: ChildProcess): Promise<EndedProcess> {
  let [out, err] = ["", ""];
  child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
    out += chunk;
  });
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    err += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal, out, err }));
  });
}
