import { type ChildProcess, spawn } from "node:child_process";
import process from "node:process";
import { text } from "node:stream/consumers";
import type { Arena, Traffic } from "./arena.ts";
import type { BenchWriter, Contest, Run, TimedOperation } from "./contention-figures.ts";
import type { Job } from "./contention-worker.ts";
import { monotonic, type Variables } from "./live-world.ts";

/** No operation begins later than this after the go; each has its own deadline besides. */
const PATIENCE_SECONDS = 60;

/** Milliseconds from the last "ready" to the go: enough for every worker to have read it. */
const NOTICE_MS = 100;

/**
 * Ours: a Node process a writer, also where every writer is a host of its own: real hosts share no event loop, and a
 * process that waits costs nothing.
 */
export async function runOurs(
  arena: Arena,
  contest: Contest,
  programs: { main: string; worker: string },
): Promise<Run> {
  const race = contest.isOneShot ? runCommands : runWorkers;
  const { operations, before } = await race(arena, contest, programs);
  return {
    operations,
    contest,
    before,
    after: await arena.traffic(),
    found: await arena.trailers("Hive-Op"),
  };
}

type Raced = { operations: TimedOperation[]; before: Traffic };

/** Workers that have opened the hub and say so before the clock starts. */
async function runWorkers(arena: Arena, contest: Contest, { worker }: { worker: string }): Promise<Raced> {
  const children: ChildProcess[] = [];
  // A few at a time: the machine is small, and a far hub is slow.
  for (let first = 0; first < contest.writers.length; first += 4) {
    const some = contest.writers.slice(first, first + 4);
    children.push(...(await Promise.all(some.map((writer) => startWorker(arena, contest, writer, worker)))));
  }
  const before = await arena.traffic();
  const begin = monotonic() + NOTICE_MS;
  const done = children.map((child) => receive<TimedOperation[]>(child));
  for (const child of children) child.send(begin);
  return { operations: (await Promise.all(done)).flat(), before };
}

async function startWorker(
  arena: Arena,
  contest: Contest,
  writer: BenchWriter,
  worker: string,
): Promise<ChildProcess> {
  const child = spawn(process.execPath, [worker], {
    env: variables(arena, writer),
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ready = receive<"ready">(child);
  child.send(jobOf(arena, contest, writer));
  await ready;
  return child;
}

function jobOf(arena: Arena, { operations, seconds }: Contest, { name }: BenchWriter): Job {
  return {
    writer: name,
    address: arena.address,
    directory: arena.folder("projects", name),
    home: arena.folder("home"),
    operations,
    seconds: seconds ?? PATIENCE_SECONDS,
  };
}

function variables(arena: Arena, { host }: BenchWriter): Variables {
  return { ...arena.env, HIVE_STATE_DIR: arena.folder("hosts", host) };
}

/** The next message of a worker; rejects when it ends without one. */
function receive<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const fail = (code: number | null) => reject(new Error(`a worker ended with ${code}`));
    child.once("exit", fail);
    child.once("message", (message) => {
      child.off("exit", fail);
      resolve(message as Message);
    });
  });
}

/** One `hive broadcast` a writer, all started at once; every host has joined the hub before. */
async function runCommands(arena: Arena, contest: Contest, { main }: { main: string }): Promise<Raced> {
  const hive = (writer: BenchWriter, ...argv: string[]) =>
    spawn(process.execPath, [main, ...argv, "--json", "--as", writer.name], {
      env: variables(arena, writer),
      cwd: arena.folder("projects", writer.name),
      stdio: ["ignore", "pipe", "pipe"],
    });
  for (const writer of contest.writers) await output(hive(writer, "join", arena.address));
  const before = await arena.traffic();
  const begin = monotonic();
  const commands = contest.writers.map(async (writer) => {
    const { out, err } = await output(hive(writer, "broadcast", `${writer.name} says 1`));
    return { writer: writer.name, started: 0, ended: monotonic() - begin, ...outcomeOf(out, err) };
  });
  return { operations: await Promise.all(commands), before };
}

function outcomeOf(out: string, err: string): { op: string } | { problem: string } {
  const { op, landed } = out === "" ? { op: "", landed: false } : JSON.parse(out);
  return landed ? { op } : { problem: err.trim() || "queued" };
}

async function output({ stdout, stderr }: ChildProcess): Promise<{ out: string; err: string }> {
  if (stdout === null || stderr === null) throw new Error("a command without pipes");
  const [out, err] = await Promise.all([text(stdout), text(stderr)]);
  return { out, err };
}
