import { kill, pid } from "node:process";
import { readText } from "./files.ts";

/** A process of this host. Its start tells it from a later one with the same id; empty where the system does not say. */
export interface ProcessId {
  readonly pid: number;
  readonly start: string;
}

/** The process that asks. */
export function thisProcess(): ProcessId {
  return { pid, start: startOf(pid) };
}

/** Whether a process still runs. One whose start is not known counts as alive while anything has its id. */
export function isAlive(process: ProcessId): boolean {
  try {
    kill(process.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  const start = startOf(process.pid);
  return process.start === "" || start === "" || start === process.start;
}

/** In clock ticks since the system came up: no change of the clock moves it. */
function startOf(id: number): string {
  const fields = statFields(String(id));
  // A zombie has ended; its parent only has not asked yet.
  return fields?.[0] === "Z" ? "ended" : (fields?.[19] ?? "");
}

/** The fields of `/proc/<pid>/stat` after the command's name, which may hold anything. */
export function statFields(id: string): string[] | undefined {
  const stat = readText(`/proc/${id}/stat`);
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
}

const FORM = /^(\d{1,10})-([a-z0-9]*)$/;

/** A process as part of a file's name, and back. */
export function formatProcessId({ pid, start }: ProcessId): string {
  return `${pid}-${start}`;
}

export function parseProcessId(text: string): ProcessId | undefined {
  const [, id, start = ""] = FORM.exec(text) ?? [];
  return id === undefined ? undefined : { pid: Number(id), start };
}
