import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";

/** A bare hub and hosts in a temporary folder. Demos run commands there one by one, and show them with their output. */

const run = promisify(execFile);
const HIVE = new URL("../dist/main.cjs", import.meta.url).pathname;

export class Stage {
  readonly directory: string;
  readonly hub: string;

  private constructor(directory: string) {
    this.directory = directory;
    this.hub = join(directory, "hub.git");
  }

  static async open(): Promise<Stage> {
    return new Stage(await realpath(await mkdtemp(join(tmpdir(), "git-hive-"))));
  }

  /** Returns a folder of a host, its home or a project in it, and creates it where it is missing. */
  async folder(...names: string[]): Promise<string> {
    const path = join(this.directory, "hosts", ...names);
    await mkdir(path, { recursive: true });
    return path;
  }

  /** Runs one hive command as a session on a host, shows its output, also a refusal, and returns its stdout. */
  async hive({ session, host, folder = "." }: Actor, ...argv: string[]): Promise<string> {
    print(`\n${session}$ hive ${argv.map(quote).join(" ")}`);
    const [cwd, env] = [await this.folder(host, folder), await this.#environment(session, host)];
    const { stdout, stderr } = await run(process.execPath, [HIVE, ...argv], { env, cwd }).catch(
      (error: { stdout: string; stderr: string }) => error,
    );
    process.stdout.write(stdout + stderr);
    return stdout;
  }

  /** Starts a hive command in the background. The returned function sends a signal, if any, waits for the end and shows the output. */
  async start({ session, host }: Actor, ...argv: string[]): Promise<(signal?: "SIGINT") => Promise<void>> {
    print(`\n${session}$ hive ${argv.map(quote).join(" ")} &`);
    const [cwd, env] = [await this.folder(host), await this.#environment(session, host)];
    const child = spawn(process.execPath, [HIVE, ...argv], {
      env,
      cwd,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const printed = child.stdout.toArray();
    return async (signal) => {
      if (signal) child.kill(signal);
      const text = (await printed).join("");
      print(`\n${session}$ fg   # ${argv[0]} has ended`);
      process.stdout.write(text);
    };
  }

  /** Runs another program and shows what it prints. */
  async show(program: string, argv: readonly string[], cwd = this.directory): Promise<void> {
    print(`\n$ ${program} ${argv.map(quote).join(" ")}`);
    process.stdout.write((await run(program, argv, { cwd })).stdout);
  }

  async #environment(session: string, host: string): Promise<NodeJS.ProcessEnv> {
    const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env;
    const home = await this.folder(host);
    return { ...inherited, HOME: home, HIVE_STATE_DIR: join(home, "state"), HIVE_SESSION: session };
  }
}

/** The session that runs a command, its host and its folder. */
export interface Actor {
  readonly session: string;
  readonly host: string;
  readonly folder?: string;
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
