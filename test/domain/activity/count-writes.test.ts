import { describe, expect, it } from "vitest";
import { countWrites } from "../../../src/domain/activity/count-writes.ts";
import type { LogEntry } from "../../../src/domain/log.ts";
import { aHeartbeat, aState, NOON } from "../../support/builders.ts";

const NOW = "2026-01-31T12:01:00Z" as typeof NOON;

function lastAlive(at: string, over: object = {}) {
  const entry = { op: "01KG9M2V0000000000000000AA", kind: "send", session: "session-1", at, ...over };
  const entries = [{ subject: "", commit: "", ...entry }] as LogEntry[];
  const state = aState({ heartbeats: [aHeartbeat({ last_heartbeat: NOON })] });
  return [...countWrites(state, entries, NOW).heartbeats.values()][0]?.last_heartbeat;
}

describe("when a session was last alive", () => {
  it.each([
    ["is its last write, where the throttle left no heartbeat", "2026-01-31T12:00:40Z", {}, true],
    ["is not a write of another session", "2026-01-31T12:00:40Z", { session: "session-2" }, false],
    ["is not a commit made by hand", "2026-01-31T12:00:40Z", { op: null }, false],
    ["is not a write before its heartbeat", "2026-01-31T11:59:40Z", {}, false],
    ["is not a write to come", "2026-01-31T12:01:30Z", {}, false],
  ])("%s", (_, at, over, counts) => {
    expect(lastAlive(at, over)).toBe(counts ? at : NOON);
  });

  it("is not a write so late that it would have left a heartbeat", () => {
    const state = aState({ heartbeats: [aHeartbeat({ last_heartbeat: NOON })] });
    const at = "2026-01-31T13:00:00Z" as typeof NOON;
    const entry = { op: "01KG9M2V0000000000000000AA", kind: "send", session: "session-1", at };
    const counted = countWrites(state, [{ subject: "", commit: "", ...entry } as LogEntry], at);
    expect(counted.heartbeats).toEqual(state.heartbeats);
  });
});
