import type { Host } from "../host/state-directory.ts";
import { LifeSigns } from "./life-signs.ts";
import { livenessOf, ToolRecords, variableOf } from "./tool-records.ts";

/** For how many days this host knows where a session ran that ended. Its name is kept for as long as its hub has it. */
const KEPT_DAYS = 30;

/** Deletes the records of coding tools' sessions that are long gone, because tools start a session for each task. */
export function forgetGoneSessions(host: Host, now: number): void {
  const records = new ToolRecords(host);
  const oldest = now - KEPT_DAYS * 86_400_000;
  for (const { tool, changedAt } of records.all()) {
    if (changedAt > oldest || records.successors(tool).some((each) => mayRun(host, records, each, now)))
      continue;
    records.forget(tool);
    signsOf(host, tool).clear();
  }
}

/** Whether a session may still run, here or in another container. */
function mayRun(host: Host, records: ToolRecords, tool: string, now: number): boolean {
  const record = records.find(tool);
  if (record === undefined || record.endedAt !== undefined) return false;
  const liveness = livenessOf(record.processes.at(-1) ?? "");
  return liveness === "unknown"
    ? signsOf(host, tool).areYoungerThan(KEPT_DAYS * 86_400, now)
    : liveness === "alive";
}

function signsOf(host: Host, tool: string): LifeSigns {
  return new LifeSigns(host, tool.slice(variableOf(tool).length + 1));
}
