import { wrongCall } from "../hive-error.ts";
import type { Choice } from "../workplace.ts";
import type { Globals } from "./command.ts";

/** What the options that every command takes say about where, who and how long. Throws HiveError. */
export function choiceOf({ hub, as, offline, timeout }: Globals): Choice {
  return { hub, as, isOffline: offline, seconds: timeout === undefined ? undefined : secondsOf(timeout) };
}

function secondsOf(text: string): number {
  if (/^\d{1,4}$/.test(text) && Number(text) > 0) return Number(text);
  throw wrongCall(`${JSON.stringify(text)} is no time to wait.`, "Give seconds, as in: --timeout 10");
}
