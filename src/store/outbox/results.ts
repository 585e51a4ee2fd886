import { join } from "node:path";
import { listNames, readText, unlink, writeAtomically } from "../host/files.ts";
import { formatProcessId, isAlive, type ProcessId, parseProcessId, thisProcess } from "../host/process-id.ts";
import type { Ending } from "./ending.ts";

/**
 * The endings of operations for the processes of this host that wait for them. Each is one file until its process
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

  /** Deletes endings for processes that died before they took them. */
  sweep(): void {
    for (const name of listNames(this.directory)) {
      const waiter = parseProcessId(name.slice(name.indexOf("@") + 1).replace(/\.json$/, ""));
      if (waiter && !isAlive(waiter)) unlink(join(this.directory, name));
    }
  }

  #path(op: string, waiter: ProcessId): string {
    return join(this.directory, `${op}@${formatProcessId(waiter)}.json`);
  }
}
