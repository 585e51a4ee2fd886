import process from "node:process";
import { setTimeout as wait } from "node:timers/promises";
import { Hive } from "../../src/app/hive/hive.ts";
import { parseSession } from "../../src/app/workplace/workplace.ts";
import { Host } from "../../src/store/host/state-directory.ts";
import { parseHubAddress } from "../../src/store/hub/address.ts";
import type { TimedOperation } from "./contention-figures.ts";
import { liveWorld, monotonic } from "./live-world.ts";

/** What one writer does; sent by the bench, which waits for "ready" and then sends the instant to begin at. */
export interface Job {
  readonly writer: string;
  readonly address: string;
  readonly directory: string;
  readonly home: string;
  readonly operations: number;
  /** After so many seconds no further operation begins. */
  readonly seconds: number;
}

type Variables = Record<string, string>;

/** The next message of the bench. */
function receive<Message>(): Promise<Message> {
  return new Promise((resolve) => process.once("message", resolve));
}

function send(message: unknown): Promise<void> {
  return new Promise((resolve) => process.send?.(message, () => resolve()));
}

/** Opens the hub, so that the replica, the code and the caches are there when the clock starts. */
async function open({ address, directory, home, writer }: Job): Promise<Hive> {
  const world = liveWorld(process.env as Variables, directory, home);
  const hive = await Hive.open(world, new Host(world.env, home), parseHubAddress(address, directory));
  await hive.preview("broadcast", { text: "warm", priority: "normal" }, parseSession(writer));
  return hive;
}

async function work(hive: Hive, job: Job, begin: number): Promise<TimedOperation[]> {
  const done: TimedOperation[] = [];
  for (let count = 1; count <= job.operations && monotonic() - begin < job.seconds * 1000; count++) {
    const started = monotonic() - begin;
    const outcome = await act(hive, job.writer, count);
    done.push({ writer: job.writer, started, ended: monotonic() - begin, ...outcome });
  }
  return done;
}

async function act(hive: Hive, writer: string, count: number): Promise<{ op?: string; problem?: string }> {
  try {
    const input = { text: `${writer} says ${count}`, priority: "normal" as const };
    const submitted = await hive.submit("broadcast", input, parseSession(writer));
    return submitted.kind === "landed" ? { op: submitted.op } : { problem: String(submitted.kind) };
  } catch (error) {
    return { problem: String(error) };
  }
}

async function main(): Promise<void> {
  const job = await receive<Job>();
  const hive = await open(job);
  const beginning = receive<number>();
  await send("ready");
  const begin = await beginning;
  await wait(Math.max(0, begin - monotonic()));
  await send(await work(hive, job, begin));
  hive.close();
  process.disconnect();
}

void main();
