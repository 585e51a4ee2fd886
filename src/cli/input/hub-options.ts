import { plainDuration } from "../../domain/time/plain-time.ts";
import { wrongCall } from "../../errors.ts";
import type { HubOptions } from "../../hub-options.ts";
import type { Globals } from "../command.ts";

/** Reads the hub, the session and the times from the global options. Throws HiveError. */
export function hubOptionsOf({ hub, as, offline, timeout }: Globals): HubOptions {
  return { hub, as, isOffline: offline, seconds: timeout === undefined ? undefined : secondsOf(timeout) };
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

function secondsOf(text: string): number {
  const [, number, unit = "s"] = /^(\d{1,4})([smhd])?$/.exec(plainDuration(text)) ?? [];
  const seconds = Number(number) * (UNITS[unit] ?? 1);
  if (seconds > 0) return seconds;
  throw wrongCall(`${JSON.stringify(text)} is not a duration.`, "Examples: --timeout 10, --timeout 10m");
}
