import { describe, expect, it } from "vitest";
import { decide } from "../../../../src/domain/decide.ts";
import { DEFAULT_SETTINGS } from "../../../../src/domain/hub/default-settings.ts";
import { availability } from "../../../../src/domain/sessions/operations/availability.ts";
import { heartbeat } from "../../../../src/domain/sessions/operations/heartbeat.ts";
import { aHeartbeat, anOperation, aProfile, aState, changeOf, NOON } from "../../../support/builders.ts";
import { isOneVisibleLine } from "../../../support/unsafe.ts";

const PROFILE = aProfile({ status: "active", current_work: "Charts", port: 8003 });
const BEAT = aHeartbeat({ status: "active", current_work: "Charts", host: "mac" });
const STATE = aState({ sessions: [PROFILE], heartbeats: [BEAT] });

/** The instant some seconds after the last heartbeat. */
function secondsAfter(seconds: number): string {
  return new Date(Date.parse(NOON) + seconds * 1000).toISOString();
}

describe("a heartbeat", () => {
  it.each([
    [0, "nothing"],
    [1, "nothing"],
    [59, "nothing"],
    [60, "change"],
    [86_400, "change"],
    [-1, "change"],
  ])("without news, %i seconds after the last one: %s", (seconds, kind) => {
    expect(decide(heartbeat, STATE, anOperation({}, { at: secondsAfter(seconds) }))).toMatchObject({
      kind,
      result: { throttled: kind === "nothing" },
    });
  });

  it("returns the last one when it is throttled", () => {
    expect(decide(heartbeat, STATE, anOperation({}, { at: secondsAfter(5) }))).toMatchObject({
      result: { heartbeat: BEAT },
    });
  });

  it("is throttled as the hub's settings say", () => {
    const settings = { ...DEFAULT_SETTINGS, heartbeat: { ...DEFAULT_SETTINGS.heartbeat, throttle: 0 } };
    expect(decide(heartbeat, { ...STATE, settings }, anOperation({}, { at: NOON }))).toMatchObject({
      kind: "change",
    });
  });

  it("writes only its own file without news, and keeps unknown keys", () => {
    const change = changeOf(decide(heartbeat, STATE, anOperation({}, { at: secondsAfter(60) })));
    expect(change.paths).toEqual(["HEARTBEATS/session-1.json"]);
    expect(change.json("HEARTBEATS/session-1.json")).toEqual({ ...BEAT, last_heartbeat: secondsAfter(60) });
  });

  it.each([
    [{ work: "Tests" }, { current_work: "Tests", status: "active" }],
    [{ status: "idle" }, { current_work: "Charts", status: "idle" }],
  ])("with news is never throttled, and also changes profile and registry: %j", (input, expected) => {
    const change = changeOf(decide(heartbeat, STATE, anOperation(input, { at: secondsAfter(1) })));
    expect(change.paths).toEqual(["HEARTBEATS/session-1.json", "REGISTRY.json", "SESSIONS/session-1.json"]);
    expect(change.json("HEARTBEATS/session-1.json")).toMatchObject(expected);
    expect(change.json("SESSIONS/session-1.json")).toMatchObject({
      ...expected,
      port: 8003,
      updated_at: secondsAfter(1),
    });
    expect(change.json("REGISTRY.json")).toMatchObject({ sessions: { "session-1": expected } });
  });

  it("that sets the session offline is written, even right after a long silence", () => {
    const gone = aProfile({ status: "offline", updated_at: "2026-01-30T12:00:00Z" });
    const state = aState({ sessions: [gone], heartbeats: [aHeartbeat()] });
    const { json } = changeOf(decide(heartbeat, state, anOperation({ status: "offline" })));
    for (const path of ["HEARTBEATS/session-1.json", "SESSIONS/session-1.json"])
      expect(json(path)).toMatchObject({ status: "offline" });
  });

  it("that repeats the known state has no news", () => {
    const operation = anOperation({ work: "Charts", status: "active" }, { at: secondsAfter(1) });
    expect(decide(heartbeat, STATE, operation)).toMatchObject({ kind: "nothing" });
  });

  it("is written when there was none before", () => {
    const { json } = changeOf(decide(heartbeat, aState({ sessions: [PROFILE] }), anOperation()));
    expect(json("HEARTBEATS/session-1.json")).toMatchObject({ last_heartbeat: NOON, current_work: "Charts" });
  });

  it("is one visible line in the log, for any text of the work", () => {
    const { subject } = changeOf(
      decide(heartbeat, STATE, anOperation({ work: `\u202e${"x ".repeat(190)}` })),
    );
    expect(isOneVisibleLine(subject)).toBe(true);
    expect(subject.length).toBeLessThanOrEqual(100);
  });

  it("with an end writes it to profile and heartbeat, and is never throttled", () => {
    const until = secondsAfter(3600);
    const change = changeOf(decide(heartbeat, STATE, anOperation({ status: "paused", until })));
    for (const path of ["HEARTBEATS/session-1.json", "SESSIONS/session-1.json"])
      expect(change.json(path)).toMatchObject({ status: "paused", status_until: until });
    expect(change.json("REGISTRY.json")).toMatchObject({ sessions: { "session-1": { status: "paused" } } });
    expect(change.subject).toBe(`heartbeat session-1 paused until ${until}: Charts`);
  });

  it.each([0, -1, -86_400])("is refused when its status ends %i seconds from now", (seconds) => {
    const operation = anOperation({ status: "paused", until: secondsAfter(seconds) });
    expect(decide(heartbeat, STATE, operation)).toMatchObject({ kind: "refusal", code: "over_already" });
  });

  it.each([{ work: "" }, { work: "a\nb" }, { status: "" }, { status: "busy bee" }])("refuses %j", (input) => {
    expect(() => decide(heartbeat, STATE, anOperation(input))).toThrow();
  });
});

describe("a heartbeat of a session whose status has an end", () => {
  const until = secondsAfter(3600);
  const paused = {
    sessions: [aProfile({ status: "paused", status_until: until, current_work: "Charts" })],
    heartbeats: [aHeartbeat({ status: "paused", status_until: until, current_work: "Charts" })],
  };
  const beatAt = (seconds: number, input: object = {}) =>
    decide(heartbeat, aState(paused), anOperation(input, { at: secondsAfter(seconds) }));

  it("keeps the end", () => {
    const change = changeOf(beatAt(600));
    expect(change.paths).toEqual(["HEARTBEATS/session-1.json"]);
    expect(change.json("HEARTBEATS/session-1.json")).toMatchObject({ status: "paused", status_until: until });
  });

  it.each([
    ["makes the session active after the end", 3600, {}, { status: "active" }],
    ["sets another status without an end", 600, { status: "idle" }, { status: "idle" }],
    [
      "keeps the end with the same status",
      600,
      { status: "paused", work: "Lunch" },
      { status: "paused", status_until: until },
    ],
    [
      "sets another end",
      600,
      { until: secondsAfter(7200) },
      { status: "paused", status_until: secondsAfter(7200) },
    ],
    [
      "sets other work and keeps the rest",
      600,
      { work: "Tests" },
      { current_work: "Tests", status_until: until },
    ],
    [
      "sets work after the end and makes the session active",
      4000,
      { work: "Tests" },
      { status: "active", current_work: "Tests" },
    ],
  ])("%s", (_, seconds, input, expected) => {
    const change = changeOf(beatAt(seconds, input));
    for (const path of ["HEARTBEATS/session-1.json", "SESSIONS/session-1.json"]) {
      expect(change.json(path)).toMatchObject(expected);
      if (!("status_until" in expected)) expect(change.json(path)).not.toHaveProperty("status_until");
    }
    expect(change.paths).toContain("REGISTRY.json");
  });

  it("that another write adds keeps the end too", () => {
    const operation = anOperation({ hours: "Mon-Fri 9-17 UTC" }, { at: secondsAfter(600) });
    const change = changeOf(decide(availability, aState(paused), operation));
    for (const path of ["HEARTBEATS/session-1.json", "SESSIONS/session-1.json"])
      expect(change.json(path)).toMatchObject({ status: "paused", status_until: until });
  });
});
