import { CLOCK_TOLERANCE_SECONDS } from "../sessions/presence.ts";
import { HoursFault, parseHours } from "../time/parse-hours.ts";
import type { Instant } from "../values/instant.ts";
import { secondsBetween } from "../values/time.ts";
import type { HubFault, HubFiles } from "./hub-files.ts";

type DatedField = readonly [path: string, key: readonly PropertyKey[], at: Instant];

/**
 * Finds instants in the future, with tolerance for clocks, because a record from the future stays the newest for a
 * long time.
 */
export function nothingFromTheFuture(files: HubFiles, now: Instant): HubFault[] {
  return datesOf(files)
    .filter(([, , at]) => secondsBetween(now, at) > CLOCK_TOLERANCE_SECONDS)
    .map(([path, key, at]) => ({
      path,
      rule: "future",
      message: `${key.join(".")} is ${at}; expected no later than now, ${now}`,
      key,
    }));
}

function datesOf(files: HubFiles): DatedField[] {
  return [
    ...files.sessions.flatMap(({ path, value: { registered_at, updated_at, needs } }): DatedField[] => [
      [path, ["registered_at"], registered_at],
      [path, ["updated_at"], updated_at],
      ...(needs === undefined ? [] : [[path, ["needs", "since"], needs.since] as const]),
    ]),
    ...files.heartbeats.map(
      ({ path, value }): DatedField => [path, ["last_heartbeat"], value.last_heartbeat],
    ),
    ...files.messages.map(({ path, value }): DatedField => [path, ["sent_at"], value.sent_at]),
    ...files.claims.flatMap(({ path, value: { claimed_at, renewed_at } }): DatedField[] => [
      [path, ["claimed_at"], claimed_at],
      ...(renewed_at === undefined ? [] : [[path, ["renewed_at"], renewed_at] as const]),
    ]),
    ...[...files.collaborations, ...files.archived].flatMap(({ path, value }): DatedField[] => [
      [path, ["created_at"], value.created_at],
      [path, ["updated_at"], value.updated_at],
      ...value.history.map(({ at }, index): DatedField => [path, ["history", index, "at"], at]),
    ]),
  ];
}

/** Finds hours that cannot be parsed. A session with such hours would count as always available. */
export function readableHours({ sessions }: HubFiles): HubFault[] {
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
