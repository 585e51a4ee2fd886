import { readFileSync } from "node:fs";
import { cp, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { EXIT } from "../../src/cli/exit-codes.ts";
import { type EndedProcess, ended, MAIN, Machine, ROOT } from "../support/processes.ts";
import { Sandbox } from "../support/sandbox.ts";
import { isSafeToShow } from "../support/unsafe.ts";
import { FIXTURES } from "./fixtures.ts";
import { HarmedHub, ME } from "./hub.ts";
import type { Run } from "./runs.ts";

/** What one call came to. */
export interface Outcome extends EndedProcess {
  readonly seconds: number;
  /** Undefined when the process did not end by itself. */
  readonly megabytes: number | undefined;
  /** Of the program and the git processes that it started; undefined when it did not end by itself. */
  readonly cpuSeconds: number | undefined;
}

const EXIT_CODES: ReadonlySet<number | null> = new Set(Object.values(EXIT));

/** A call that runs longer is ended. */
const PATIENCE_MS = 60_000;

/** One hostile hub. Each call gets a copy of it and a host that has never seen it, because the first look costs most. */
export class Scene {
  readonly hub: HarmedHub;
  readonly #sandbox: Sandbox;
  #calls = 0;

  private constructor(sandbox: Sandbox, hub: HarmedHub) {
    this.#sandbox = sandbox;
    this.hub = hub;
  }

  static async open(fixture: string): Promise<Scene> {
    const sandbox = new Sandbox();
    const hub = await HarmedHub.open(sandbox);
    await FIXTURES[fixture]?.(hub);
    return new Scene(sandbox, hub);
  }

  /** Removes all of it. Processes that hooks left behind may still write there for a moment. */
  async close(): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#sandbox.close();
      } catch (error) {
        if (tries === 20) throw error;
      }
    }
  }

  /** Runs a call; `by` says how it names the hub. */
  async run(make: (hub: HarmedHub, directory: string) => Run, by: "path" | "url"): Promise<Outcome> {
    const name = `call-${++this.#calls}`;
    const path = this.#sandbox.folder("copies", name);
    await cp(this.hub.path, path, { recursive: true });
    const use = this.#sandbox.folder("use", name);
    const machine = new Machine(this.#sandbox, name, {
      ...{ HIVE_HUB: by === "url" ? `file://${path}` : path, HIVE_SESSION: ME, HIVE_TEST_USE: use },
      NODE_OPTIONS: `--require ${join(ROOT, "test/hostile/report-use.cjs")}`,
    });
    const run = make(this.hub, machine.directory);
    if (run.argv.some((word) => word.startsWith("hub/"))) await this.#extract(path, machine);
    try {
      return await start(machine, run, use);
    } finally {
      // A hook may leave a process that still writes.
      const removal = { recursive: true, force: true, maxRetries: 5, retryDelay: 100 };
      for (const each of [path, use, join(machine.home, "..")])
        await rm(each, removal).catch(() => undefined);
    }
  }

  /** The hub's files as somebody would have them who ignores what does not fit on the disk. */
  async #extract(hub: string, machine: Machine): Promise<void> {
    const files = join(machine.directory, "hub");
    await mkdir(files);
    const paths = ["SESSIONS", "hive.yaml", "REGISTRY.json", "MESSAGES.md"].map(
      (each) => `coordination/${each}`,
    );
    for (const path of paths)
      await machine.run("sh", [
        "-c",
        `git -C '${hub}' archive main ${path} 2>/dev/null | tar -x -C '${files}' 2>/dev/null`,
      ]);
  }
}

async function start(
  machine: Machine,
  { argv, input = "", stopAfterMs }: Run,
  use: string,
): Promise<Outcome> {
  const began = performance.now();
  const child = machine.start(process.execPath, [MAIN, ...argv]);
  const stop = stopAfterMs === undefined ? undefined : setTimeout(() => child.kill("SIGTERM"), stopAfterMs);
  const giveUp = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
  child.stdin?.on("error", () => undefined);
  // The server of MCP ends with its input, so that input stays open until it is stopped.
  if (argv[0] === "mcp") child.stdin?.write(input);
  else child.stdin?.end(input);
  const end = await ended(child);
  clearTimeout(stop);
  clearTimeout(giveUp);
  const seconds = (performance.now() - began) / 1000;
  return { ...end, seconds, ...useOf(join(use, String(child.pid))) };
}

function useOf(path: string): Pick<Outcome, "megabytes" | "cpuSeconds"> {
  try {
    const [kibibytes, cpuSeconds] = readFileSync(path, "utf8").split(" ").map(Number);
    return { megabytes: (kibibytes ?? 0) / 1024, cpuSeconds };
  } catch {
    return { megabytes: undefined, cpuSeconds: undefined };
  }
}

/** What is wrong with the end of a call and with what it printed, whatever it took. */
export function faultsOf({ argv, prints, stopAfterMs }: Run, { code, signal, out, err }: Outcome): string[] {
  const faults: string[] = [];
  const wasStopped = argv[0] === "mcp" && stopAfterMs !== undefined && signal === "SIGTERM";
  if (signal !== null && !wasStopped) faults.push(`ended by ${signal}`);
  if (!EXIT_CODES.has(code ?? EXIT.done)) faults.push(`exit code ${code}`);
  const trace = /^ {4}at .*$|^Node\.js v.*$|^\w*Error: .*$/m.exec(err);
  if (trace !== null) faults.push(`stack trace: ${err.slice(0, 600)}`);
  if (prints === "hook" && (code !== 0 || err !== ""))
    faults.push(`a hook failed: ${code} ${err.slice(0, 300)}`);
  if (!isWellPrinted(prints, code, out)) faults.push(`not JSON: ${JSON.stringify(out.slice(0, 300))}`);
  if (![out, err].every((text) => isSafeToShow(text.replaceAll("\r\n", "\n"))))
    faults.push("characters that control a terminal");
  return faults;
}

function isWellPrinted(prints: Run["prints"], code: number | null, out: string): boolean {
  if (prints === "text" || out === "") return prints !== "json" || code !== 0;
  const documents = prints === "lines" ? out.split("\n").filter(Boolean) : [out];
  try {
    for (const document of documents) JSON.parse(document);
    return true;
  } catch {
    return false;
  }
}
