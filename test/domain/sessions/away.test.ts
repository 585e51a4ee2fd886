import { describe, expect, it } from "vitest";
import { absenceOf } from "../../../src/domain/requests/absence.ts";
import { awayOf, pauseOf } from "../../../src/domain/sessions/away.ts";
import { describeSession } from "../../../src/domain/sessions/describe.ts";
import { sync } from "../../../src/domain/sessions/overview.ts";
import { aHeartbeat, aProfile, aState, NOON } from "../../support/builders.ts";

const UNTIL = "2026-01-31T15:00:00Z";
const BEFORE = "2026-01-31T14:59:59Z";
const WORKDAYS = { hours: "Mon-Fri 09:00-17:00 Europe/Berlin" };

/** The profile and the heartbeat of a session, both written at noon. */
function writtenAtNoon(over: object) {
  return [aProfile(over), aHeartbeat(over)] as const;
}

describe("a status with an end", () => {
  it.each([
    ["before its end", BEFORE, "paused", UNTIL],
    ["at its end", UNTIL, "active", undefined],
    ["after its end", "2026-02-28T00:00:00Z", "active", undefined],
  ])("is shown correctly %s", (_, now, status, until) => {
    const of = writtenAtNoon({ status: "paused", status_until: UNTIL, current_work: "Quota" });
    expect(describeSession("session-1", ...of, now)).toMatchObject({
      status,
      status_until: until,
      current_work: "Quota",
    });
  });

  it("comes with its end from the profile or the heartbeat, whichever is newer", () => {
    const old = { last_heartbeat: "2026-01-30T12:00:00Z" };
    const paused = aProfile({ status: "paused", status_until: UNTIL });
    const idle = { status: "idle", status_until: "2026-02-01T00:00:00Z" };
    expect(describeSession("session-1", paused, aHeartbeat({ ...idle, ...old }), NOON)).toMatchObject({
      status: "paused",
      status_until: UNTIL,
    });
    expect(describeSession("session-1", paused, aHeartbeat(idle), NOON)).toMatchObject(idle);
    expect(describeSession("session-1", paused, aHeartbeat(), NOON).status_until).toBeUndefined();
  });

  it("counts in sync as the status at that time", () => {
    const [profile, heartbeat] = writtenAtNoon({ status: "idle", status_until: UNTIL });
    const state = aState({ sessions: [profile], heartbeats: [heartbeat] });
    expect(sync(state, BEFORE)).toMatchObject({
      sessions: [{ status: "idle", status_until: UNTIL, away: null, away_until: null }],
      summary: { idle: 1 },
    });
    expect(sync(state, UNTIL)).toMatchObject({
      sessions: [{ status: "active", status_until: null }],
      summary: { idle: 0 },
    });
  });
});

describe("a session is away", () => {
  it.each([
    ["never, without hours", {}, NOON, undefined],
    ["not within its hours", { availability: WORKDAYS }, "2026-02-02T08:00:00Z", undefined],
    ["not with hours that are invalid", { availability: { hours: "soon" } }, NOON, undefined],
    ["not when it is idle", { status: "idle" }, NOON, undefined],
    [
      "on a weekend, until Monday",
      { availability: WORKDAYS },
      NOON,
      { until: "2026-02-02T08:00:00Z", reason: "away until Mon 09:00 Europe/Berlin" },
    ],
    [
      "in the morning, until its hours begin",
      { availability: WORKDAYS },
      "2026-02-02T06:30:00Z",
      { until: "2026-02-02T08:00:00Z", reason: "away until 09:00 Europe/Berlin" },
    ],
    [
      "over a clock change, until nine in the new wall time",
      { availability: WORKDAYS },
      "2026-03-28T12:00:00Z",
      { until: "2026-03-30T07:00:00Z", reason: "away until Mon 09:00 Europe/Berlin" },
    ],
    ["paused without an end", { status: "paused" }, NOON, { until: null, reason: "paused" }],
    [
      "paused without an end, even within its hours",
      { status: "paused", availability: WORKDAYS },
      "2026-02-02T08:00:00Z",
      { until: null, reason: "paused" },
    ],
    [
      "paused until an instant",
      { status: "paused", status_until: UNTIL },
      NOON,
      { until: UNTIL, reason: "paused until 15:00 UTC" },
    ],
    [
      "paused until an instant after its hours",
      { status: "paused", status_until: "2026-02-02T18:00:00Z", availability: WORKDAYS },
      "2026-02-02T09:00:00Z",
      { until: "2026-02-03T08:00:00Z", reason: "paused until Tue 09:00 Europe/Berlin" },
    ],
    [
      "paused for weeks",
      { status: "paused", status_until: "2026-03-01T09:00:00Z" },
      NOON,
      { until: "2026-03-01T09:00:00Z", reason: "paused until 2026-03-01 09:00 UTC" },
    ],
    ["not after its pause has ended", { status: "paused", status_until: UNTIL }, UNTIL, undefined],
  ])("%s", (_, over, now, away) => {
    expect(awayOf(...writtenAtNoon(over), now)).toEqual(away);
  });

  it.each([
    ["no heartbeat", [], NOON, { until: null, reason: "offline, never seen" }],
    ["a heartbeat of now", [aHeartbeat()], NOON, null],
    ["one of an hour ago", [aHeartbeat()], "2026-01-31T13:00:00Z", { until: null, reason: "stale 1h ago" }],
    ["one of days ago", [aHeartbeat()], "2026-02-05T12:00:00Z", { until: null, reason: "offline since 5d" }],
  ])("or silent, judged by its heartbeat: %s", (_, heartbeats, now, absence) => {
    const [profile] = [aProfile()];
    expect(absenceOf(aState({ sessions: [profile], heartbeats }), profile.id, now)).toEqual(absence);
  });

  it("for its own reason first, then for its silence", () => {
    const profile = aProfile({ availability: WORKDAYS });
    expect(absenceOf(aState({ sessions: [profile] }), profile.id, NOON)).toMatchObject({
      reason: "away until Mon 09:00 Europe/Berlin",
    });
  });
});

describe("a pause", () => {
  it("began no later than now, even if the session's clock is ahead", () => {
    const [profile, heartbeat] = writtenAtNoon({ status: "paused", updated_at: "2026-01-31T12:05:00Z" });
    expect(pauseOf(profile, { ...heartbeat, last_heartbeat: "2026-01-31T12:05:00Z" }, NOON)).toEqual({
      from: Date.parse(NOON),
      to: Number.POSITIVE_INFINITY,
    });
  });
});
