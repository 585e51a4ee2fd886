import { HoursFault, parseHours } from "../time/parse-hours.ts";
import type { HubFiles } from "../validation/hub-files.ts";
import type { Fault } from "./fault.ts";

/** Hours that nobody can read say nothing: whoever told them would pass for always there. */
export function readableHours({ sessions }: HubFiles): Fault[] {
  return sessions.flatMap(({ path, value: { availability } }) => {
    const problem = availability?.hours === undefined ? undefined : problemOf(availability.hours);
    if (problem === undefined) return [];
    const message = `${problem}; expected hours as Mon-Fri 09:00-17:00 Europe/Berlin`;
    return [{ path, rule: "hours", message, key: ["availability", "hours"] }];
  });
}

function problemOf(hours: string): string | undefined {
  try {
    parseHours(hours);
    return undefined;
  } catch (error) {
    if (error instanceof HoursFault) return error.message.replace(/\.$/, "");
    throw error;
  }
}
