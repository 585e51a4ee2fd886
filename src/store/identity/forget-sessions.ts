import type { Host } from "../host/state-directory.ts";
import { isRunning, signsOf } from "./running.ts";
import { ToolRecords } from "./tool-records.ts";

/** For how many days this host knows where a session ran that ended. Its name is kept for as long as its hub has it. */
const KEPT_DAYS = 30;

/** Deletes the records of coding tools' sessions that are long gone, because tools start a session for each task. */
export function forgetGoneSessions(host: Host, now: number): void {
  const records = new ToolRecords(host);
  const seconds = KEPT_DAYS * 86_400;
  for (const tool of records.all()) {
    if (now - records.changedAt(tool) < seconds * 1000) continue;
    // A server of the tool may still name a conversation that was cleared and continued.
    if (records.successors(tool).some((each) => isRunning(host, each, now, seconds))) continue;
    records.forget(tool);
    signsOf(host, tool).clear();
  }
}
