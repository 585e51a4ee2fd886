import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Arena } from "./arena.ts";
import type { Contest, Run, TimedOperation } from "./contention-figures.ts";

const SCRIPT = new URL("naive-loop.sh", import.meta.url).pathname;
/** Where the loop does not get done, it is stopped: what still waits counts with the time it has waited. */
const PATIENCE_SECONDS = 60;

/** Where its notes go: `own`, a file each, where no text conflicts; `board`, all to the end of one file. */
export type NotesGo = "own" | "board";

/** The naive loop: a bash and a clone a writer, all made before the clock starts, unless starting is part of the race. */
export async function runNaive(arena: Arena, contest: Contest, place: NotesGo): Promise<Run> {
  for (const { name } of contest.writers) await clone(arena, name);
  const before = await arena.traffic();
  const begin = contest.isOneShot ? Date.now() : undefined;
  const loops = contest.writers.map(({ name }) => new Loop(arena, name, contest, place));
  if (begin === undefined) await Promise.all(loops.map((loop) => loop.line()));
  const began = begin ?? Date.now();
  const records = await Promise.all(loops.map((loop) => loop.race(began, contest.seconds)));
  const found = await arena.trailers("Naive-Op");
  return {
    operations: records.flat(),
    contest,
    before,
    after: await arena.traffic(),
    found,
  };
}

async function clone({ sandbox, hub, address, env }: Arena, name: string): Promise<void> {
  const directory = sandbox.folder("clones", name);
  await sandbox.git(directory, "clone", "--quiet", `file://${hub}`, ".");
  await sandbox.git(directory, "remote", "set-url", "origin", address);
  // Packing in the middle would not be the loop's fault.
  await sandbox.git(directory, "config", "gc.auto", "0");
  await sandbox.git(directory, "config", "include.path", env.GIT_CONFIG_GLOBAL ?? "");
}

/** One bash process and what it says. */
class Loop {
  readonly #name: string;
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #isOneShot: boolean;

  constructor(arena: Arena, name: string, contest: Contest, place: NotesGo) {
    this.#name = name;
    this.#isOneShot = contest.isOneShot;
    const argv = [SCRIPT, name, String(contest.operations), place];
    const cwd = arena.folder("clones", name);
    this.#child = spawn("bash", argv, { cwd, env: arena.env, stdio: ["pipe", "pipe", "inherit"] });
    const lines = createInterface({ input: this.#child.stdout as NodeJS.ReadableStream });
    this.#lines = lines[Symbol.asyncIterator]();
  }

  async line(): Promise<string | undefined> {
    const { value, done } = await this.#lines.next();
    return done ? undefined : value;
  }

  /** Lets the loop go; `began` is in milliseconds since the epoch. */
  async race(began: number, seconds: number | undefined): Promise<TimedOperation[]> {
    const limit = began + (seconds ?? PATIENCE_SECONDS) * 1000;
    this.#child.stdin?.end(`${limit * 1000}\n`);
    const records: TimedOperation[] = [];
    for (let line = await this.line(); line !== undefined; line = await this.line())
      if (line !== "ready") records.push(this.#read(line, began));
    return records;
  }

  #read(line: string, began: number): TimedOperation {
    const [begun, ended, id] = line.split(" ");
    const since = (microseconds: string | undefined) => Number(microseconds) / 1000 - began;
    const times = { started: this.#isOneShot ? 0 : since(begun), ended: since(ended) };
    return { writer: this.#name, ...times, ...(id === "-" ? { problem: "not landed" } : { op: id ?? "" }) };
  }
}
