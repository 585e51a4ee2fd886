import { kill, pid } from "node:process";
import { readText } from "./files.ts";

/**
 * A process of this host. Its start distinguishes it from a later process with the same id; it is empty when the
 * system does not report it.
 */
export interface ProcessId {
  readonly pid: number;
  readonly start: string;
}

/** The current process. */
export function thisProcess(): ProcessId {
  return { pid, start: startOf(pid) };
}

/** Whether a process still runs. A process with an unknown start counts as alive while any process has its id. */
export function isAlive(process: ProcessId): boolean {
  try {
    kill(process.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  const start = startOf(process.pid);
  return process.start === "" || start === "" || start === process.start;
}

/** The start of a process in clock ticks since the system started. Changing the clock does not change it. */
function startOf(id: number): string {
  const fields = statFields(String(id));
  // A zombie has ended; only its parent has not yet read its exit status.
  return fields?.[0] === "Z" ? "ended" : (fields?.[19] ?? "");
}

/** The fields of `/proc/<pid>/stat` after the command's name, which may contain any character. */
export function statFields(id: string): string[] | undefined {
  const stat = readText(`/proc/${id}/stat`);
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
}

const FORM = /^(\d{1,10})-([a-z0-9]*)$/;

/** Writes a process id as part of a file name; `parseProcessId` reads it back. */
export function formatProcessId({ pid, start }: ProcessId): string {
  return `${pid}-${start}`;
}

export function parseProcessId(text: string): ProcessId | undefined {
  const [, id, start = ""] = FORM.exec(text) ?? [];
  return id === undefined ? undefined : { pid: Number(id), start };
}
