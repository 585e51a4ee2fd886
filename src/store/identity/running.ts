import type { Host } from "../host/state-directory.ts";
import { LifeSigns } from "./life-signs.ts";
import { livenessOf, ToolRecords, variableOf } from "./tool-records.ts";

/**
 * For how many seconds after its last sign of life a session counts as running where its process cannot be judged: in
 * another container, or where no hook ever noted one.
 */
const ALIVE_SECONDS = 900;

/** Whether a session of a coding tool runs: its process does, or it gave a sign of life within some seconds. */
export function isRunning(host: Host, tool: string, now: number, seconds = ALIVE_SECONDS): boolean {
  const records = new ToolRecords(host);
  const record = records.find(tool);
  if (record === undefined || record.endedAt !== undefined) return false;
  const liveness = livenessOf(record.processes.at(-1) ?? "");
  if (liveness !== "unknown") return liveness === "alive";
  const isFresh = now - records.changedAt(tool) < seconds * 1000;
  return isFresh || signsOf(host, tool).areYoungerThan(seconds, now);
}

export function signsOf(host: Host, tool: string): LifeSigns {
  return new LifeSigns(host, tool.slice(variableOf(tool).length + 1));
}
