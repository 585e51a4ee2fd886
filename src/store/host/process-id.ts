import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { kill, pid, platform } from "node:process";
import { hashOf } from "../../domain/values/hash.ts";

/**
 * A process of this host, or of a container or another host that shares the state directory. A number alone means
 * another process in each of them.
 */
export interface ProcessId {
  readonly pid: number;
  /** Distinguishes it from a later process with the same number. Empty when the system does not report it. */
  readonly start: string;
  /** Where the number is meant, as `spaceOf` names it. Empty in what versions up to 0.1.0 wrote. */
  readonly space: string;
  /** Random, so that no two processes write a file of the same name. Empty where the space is. */
  readonly nonce: string;
}

/** Whether a process runs. It is unknown where its number means nothing here. */
export type Liveness = "alive" | "dead" | "unknown";

const NONCE = Math.random().toString(36).slice(2, 10).padEnd(8, "0");

let current: ProcessId | undefined;

/** The current process. */
export function thisProcess(): ProcessId {
  current ??= { pid, start: startOf("self"), space: spaceOf(surroundings(), NONCE), nonce: NONCE };
  return current;
}

/**
 * Whether a process still runs. A process with an unknown start counts as alive while any process has its number. What
 * an earlier version wrote does not say where the number is meant, so a number that is not in use here proves nothing.
 */
export function livenessOf(process: ProcessId): Liveness {
  if (process.space === "") return isRunning(process) ? "alive" : "unknown";
  if (process.space !== thisProcess().space) return "unknown";
  return isRunning(process) ? "alive" : "dead";
}

function isRunning(process: ProcessId): boolean {
  try {
    kill(process.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  const start = hasOwnProc() ? startOf(String(process.pid)) : "";
  return process.start === "" || start === "" || start === process.start;
}

/** The start of a process in clock ticks since the system started. Changing the clock does not change it. */
function startOf(id: string): string {
  const fields = statFields(id);
  // A zombie has ended; only its parent has not yet read its exit status.
  return fields?.[0] === "Z" ? "ended" : (fields?.[19] ?? "");
}

/** The fields of `/proc/<pid>/stat` after the command's name, which may contain any character. */
export function statFields(id: string): string[] | undefined {
  const stat = attempt(() => readFileSync(`/proc/${id}/stat`, "utf8"));
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
}

/** Whether the numbers in `/proc` are meant as in this process. A container may have the `/proc` of its host. */
function hasOwnProc(): boolean {
  return attempt(() => readlinkSync("/proc/self")) === String(pid);
}

/** What a process can find out about where its number is meant. */
export interface Surroundings {
  readonly platform: string;
  readonly host: string;
  /** The id of the start of the system. */
  readonly boot: string | undefined;
  /** The namespaces of process numbers and of the clock that starts are counted by. */
  readonly pids: string | undefined;
  readonly times: string | undefined;
}

/**
 * A short name for where process numbers are meant. Processes that share it can judge each other. A difference too many
 * is harmless: then they wait for each other's signs of life. So where a Linux hides what is needed, each process is alone
 * with its nonce.
 */
export function spaceOf({ platform, host, boot, pids, times }: Surroundings, nonce: string): string {
  const isHidden = ["linux", "android"].includes(platform) && (boot === undefined || pids === undefined);
  return isHidden ? nonce : hashOf(JSON.stringify([platform, host, boot, pids, times]));
}

/**
 * A short name for this machine and where process numbers are meant on it, through all starts of its system. Undefined
 * where it is not sure: then a process of an earlier start is not judged.
 */
export function thisMachine(): string | undefined {
  const id = attempt(() => readFileSync("/etc/machine-id", "utf8").trim());
  const { platform, host, pids, times } = surroundings();
  return id && pids ? hashOf(JSON.stringify([platform, host, id, pids, times])) : undefined;
}

function surroundings(): Surroundings {
  return {
    platform,
    host: hostname(),
    boot: attempt(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()),
    pids: attempt(() => readlinkSync("/proc/self/ns/pid")),
    times: attempt(() => readlinkSync("/proc/self/ns/time")),
  };
}

function attempt(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

const FORM = /^(\d{1,10})-([a-z0-9]*)(?:-([a-z0-9]+)-([a-z0-9]+))?$/;

/** Writes a process id as part of a file name; `parseProcessId` reads it back. */
export function formatProcessId({ pid, start, space, nonce }: ProcessId): string {
  return space === "" ? `${pid}-${start}` : `${pid}-${start}-${space}-${nonce}`;
}

export function parseProcessId(text: string): ProcessId | undefined {
  const [, id, start = "", space = "", nonce = ""] = FORM.exec(text) ?? [];
  return id === undefined ? undefined : { pid: Number(id), start, space, nonce };
}
