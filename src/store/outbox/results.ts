import { statSync } from "node:fs";
import { join } from "node:path";
import { listNames, readText, unlink, writeAtomically } from "../host/files.ts";
import {
  formatProcessId,
  livenessOf,
  type ProcessId,
  parseProcessId,
  thisProcess,
} from "../host/process-id.ts";
import type { Ending } from "./ending.ts";

/** How long an ending is kept for a process that cannot be judged. No command waits for so long. */
const KEPT_FOR_UNKNOWN_MS = 86_400_000;

/**
 * The endings of operations for the processes that wait for them. Each is one file until its process
 * takes it.
 */
export class Results {
  readonly directory: string;

  constructor(hubDirectory: string) {
    this.directory = join(hubDirectory, "results");
  }

  leave(op: string, waiter: ProcessId, ending: Ending): void {
    writeAtomically(this.#path(op, waiter), JSON.stringify(ending));
  }

  /** Takes the ending that was left for this process. */
  take(op: string): Ending | undefined {
    const path = this.#path(op, thisProcess());
    const text = readText(path);
    if (text === undefined) return undefined;
    unlink(path);
    return JSON.parse(text) as Ending;
  }

  /** Deletes endings for processes that died before they took them. The time is only a hint: a waiter never relies on it. */
  sweep(now: number): void {
    for (const name of listNames(this.directory)) {
      const waiter = parseProcessId(name.slice(name.indexOf("@") + 1).replace(/\.json$/, ""));
      if (waiter === undefined) continue;
      const path = join(this.directory, name);
      const liveness = livenessOf(waiter);
      if (liveness === "dead" || (liveness === "unknown" && ageOf(path, now) > KEPT_FOR_UNKNOWN_MS))
        unlink(path);
    }
  }

  #path(op: string, waiter: ProcessId): string {
    return join(this.directory, `${op}@${formatProcessId(waiter)}.json`);
  }
}

function ageOf(path: string, now: number): number {
  return now - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now);
}
