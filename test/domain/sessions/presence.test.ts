import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "../../../src/domain/hub/default-settings.ts";
import { presenceByAge, presenceOf } from "../../../src/domain/sessions/presence.ts";
import { aHeartbeat, NOON } from "../../support/builders.ts";

/** The heartbeat of a session some seconds before noon. */
function ago(seconds: number, status = "active") {
  return aHeartbeat({ last_heartbeat: new Date(Date.parse(NOON) - seconds * 1000).toISOString(), status });
}

const MINUTES = 60;
const HOURS = 3600;

describe("the presence of a session", () => {
  it.each([
    ["sent a heartbeat just now", 0, "alive"],
    ["sent a heartbeat a second less than 15 minutes ago", 15 * MINUTES - 1, "alive"],
    ["sent a heartbeat 15 minutes ago", 15 * MINUTES, "alive"],
    ["sent a heartbeat a second more than 15 minutes ago", 15 * MINUTES + 1, "stale"],
    ["sent a heartbeat 24 hours ago", 24 * HOURS, "stale"],
    ["sent a heartbeat a second more than 24 hours ago", 24 * HOURS + 1, "offline"],
    ["sent a heartbeat years ago", 9000 * HOURS, "offline"],
    ["has a clock that is a second ahead", -1, "alive"],
    ["has a clock that is ten minutes ahead", -10 * MINUTES, "alive"],
    ["has a clock that is more than ten minutes ahead", -10 * MINUTES - 1, "stale"],
    ["has a clock that is years ahead", -9000 * HOURS, "stale"],
  ])("that %s", (_, seconds, presence) => {
    expect(presenceOf(ago(seconds), NOON, DEFAULT_SETTINGS)).toBe(presence);
  });

  it("without a heartbeat is offline", () => {
    expect(presenceOf(undefined, NOON, DEFAULT_SETTINGS)).toBe("offline");
  });

  it.each([
    [59, "alive"],
    [61, "stale"],
    [121, "offline"],
  ])("follows the hub's settings: %i seconds ago is %s", (seconds, presence) => {
    const heartbeat = { ...DEFAULT_SETTINGS.heartbeat, alive_after: 60, offline_after: 120 };
    expect(presenceOf(ago(seconds), NOON, { ...DEFAULT_SETTINGS, heartbeat })).toBe(presence);
  });

  it("that has just set itself offline is offline, although it is alive by age", () => {
    const last = ago(1, "offline");
    expect(presenceOf(last, NOON, DEFAULT_SETTINGS)).toBe("offline");
    expect(presenceByAge(last.last_heartbeat, NOON, DEFAULT_SETTINGS)).toBe("alive");
  });

  it.each([
    [1, "offline"],
    [0, "alive"],
    [-1, "alive"],
  ])("that is offline until %i seconds from now is %s", (seconds, presence) => {
    const status_until = new Date(Date.parse(NOON) + seconds * 1000).toISOString();
    expect(presenceOf({ ...ago(1, "offline"), status_until }, NOON, DEFAULT_SETTINGS)).toBe(presence);
  });
});
