import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calendar } from "../../../src/domain/sessions/calendar.ts";
import { timetable } from "../../../src/domain/sessions/timetable.ts";
import { findZone, utc, type Zone } from "../../../src/domain/time/zone.ts";
import { aHeartbeat, aProfile, aState, NOON } from "../../support/builders.ts";
import { instant, isThere, writtenHours } from "../../support/hours.ts";

const berlin = findZone("Europe/Berlin") ?? utc();
const HOURS = { availability: { hours: "Mon-Fri 09:00-17:00 Europe/Berlin" } };
const MONDAY = "2026-02-02T12:00:00Z";

function show(profiles: readonly object[], now: string, over: { zone?: Zone; isWeek?: boolean } = {}) {
  const sessions = profiles.map((profile, at) => aProfile({ id: `session-${at + 1}`, ...profile }));
  const heartbeats = sessions.map(({ id }) =>
    aHeartbeat({ session_id: id, last_heartbeat: "2025-12-01T00:00:00Z" }),
  );
  const { zone = berlin, isWeek = false } = over;
  return timetable(aState({ sessions, heartbeats }), sessions, { zone, isWeek }, now);
}

describe("the timetable", () => {
  it("shows today in the reader's zone", () => {
    const { days, sessions } = show([HOURS, {}], MONDAY, { zone: findZone("Pacific/Apia") ?? utc() });
    expect(days).toEqual([{ date: "2026-02-03", from: "2026-02-02T11:00:00Z", to: "2026-02-03T11:00:00Z" }]);
    expect(sessions.map(({ id, hours, open }) => [id, hours, open])).toEqual([
      [
        "session-1",
        HOURS.availability.hours,
        [
          { from: "2026-02-02T11:00:00Z", to: "2026-02-02T16:00:00Z" },
          { from: "2026-02-03T08:00:00Z", to: "2026-02-03T11:00:00Z" },
        ],
      ],
      ["session-2", null, [{ from: "2026-02-02T11:00:00Z", to: "2026-02-03T11:00:00Z" }]],
    ]);
  });

  it.each([
    ["2026-02-02T00:00:00Z", "2026-02-02"],
    ["2026-02-08T22:59:59Z", "2026-02-02"],
    ["2026-02-08T23:00:00Z", "2026-02-09"],
    ["2026-01-01T12:00:00Z", "2025-12-29"],
  ])("shows the week from Monday: at %s, from %s", (now, monday) => {
    const { days } = show([], now, { isWeek: true });
    expect(days).toHaveLength(7);
    expect(days[0]?.date).toBe(monday);
  });

  it("has days of 23 and 25 hours when the clocks change", () => {
    const lengths = (now: string) =>
      show([], now, { isWeek: true }).days.map(
        ({ from, to }) => (Date.parse(to) - Date.parse(from)) / 3_600_000,
      );
    expect(lengths("2026-03-29T12:00:00Z")).toEqual([24, 24, 24, 24, 24, 24, 23]);
    expect(lengths("2026-10-25T12:00:00Z")).toEqual([24, 24, 24, 24, 24, 24, 25]);
  });

  it("leaves out a pause, from the instant it was set", () => {
    const paused = {
      ...HOURS,
      status: "paused",
      status_until: "2026-02-02T14:00:00Z",
      updated_at: "2026-02-02T10:00:00Z",
    };
    expect(show([paused], MONDAY).sessions).toMatchObject([
      {
        available: false,
        away: { until: "2026-02-02T14:00:00Z", reason: "paused until 15:00 Europe/Berlin" },
        open: [
          { from: "2026-02-02T08:00:00Z", to: "2026-02-02T10:00:00Z" },
          { from: "2026-02-02T14:00:00Z", to: "2026-02-02T16:00:00Z" },
        ],
      },
    ]);
  });

  it("lists available sessions first, then live ones, then by id", () => {
    const sessions = ["aa", "bb", "cc", "dd"].map((id) => aProfile({ id, ...(id < "cc" ? HOURS : {}) }));
    const heartbeats = ["bb", "dd"].map((session_id) => aHeartbeat({ session_id }));
    const { sessions: rows } = timetable(
      aState({ sessions, heartbeats }),
      sessions,
      { zone: utc(), isWeek: false },
      NOON,
    );
    expect(rows.map(({ id, available }) => [id, available])).toEqual([
      ["dd", true],
      ["bb", false],
      ["aa", false],
      ["cc", false],
    ]);
  });

  it("agrees with the wall time at any instant", () => {
    return fc.assert(
      fc.property(writtenHours, instant, fc.boolean(), (written, at, isWeek) => {
        const now = new Date(at).toISOString();
        const [row] = show([{ availability: { hours: written.text } }], now, { isWeek }).sessions;
        const isOpen = row?.open.some(({ from, to }) => Date.parse(from) <= at && at < Date.parse(to));
        expect(isOpen).toBe(isThere(written, at));
        expect(row?.away === null).toBe(isThere(written, at));
      }),
      { numRuns: 500 },
    );
  });
});

describe("the events of a calendar", () => {
  const events = (profiles: readonly object[], now = MONDAY) =>
    calendar(
      aState(),
      profiles.map((profile) => aProfile(profile)),
      berlin,
      now,
    );

  it("are one weekly event for each window, from the week before the last change of the profile", () => {
    const found = events([{ availability: { hours: "Mon-Fri 9-12,13-17 Europe/Berlin" } }]);
    expect(found).toMatchObject([
      {
        when: { days: [0, 1, 2, 3, 4] },
        summary: "Session One is available",
        description: "session-1: Mon-Fri 09:00-12:00,13:00-17:00 Europe/Berlin",
      },
      { when: { days: [0, 1, 2, 3, 4] } },
    ]);
    expect(events([{ id: "session-2" }])).toEqual([]);
  });

  it("stay the same in a later export, and are updates of each other when the hours change", () => {
    const [monday, later] = ["2026-02-02T00:00:00Z", "2026-02-09T12:00:00Z"].map((now) =>
      events([HOURS], now),
    );
    expect(later).toEqual(monday);
    const changed = {
      availability: { hours: "Sat 10-12 Europe/Berlin" },
      updated_at: "2026-02-03T00:00:00Z",
    };
    const [before, after] = [monday?.[0], events([changed], "2026-02-09T12:00:00Z")[0]];
    expect(after?.uid).toBe(before?.uid);
    expect(after?.sequence).toBeGreaterThan(before?.sequence ?? Number.NaN);
  });

  it("have unique ids", () => {
    const night = { id: "session-2", availability: { hours: "Sat 9-17; Sun 22-06 Europe/Berlin" } };
    const uids = events([HOURS, night, { ...night, id: "session-3" }]).map(({ uid }) => uid);
    expect(uids).toHaveLength(5);
    expect(new Set(uids).size).toBe(5);
  });

  it("include a pause with its reason, whose id stays the same when it is set again", () => {
    const endOf = (event: ReturnType<typeof events>[number] | undefined) =>
      event && "to" in event.when ? new Date(event.when.to).toISOString() : undefined;
    const paused = (until?: string) =>
      events([{ status: "paused", status_until: until, current_work: "Quota" }]);
    const [short, long, endless] = [
      paused("2026-02-02T14:00:00Z"),
      paused("2026-04-01T00:00:00Z"),
      paused(),
    ].flat();
    expect(short).toMatchObject({ summary: "Session One is paused", description: "session-1: Quota" });
    expect(new Set([short, long, endless].map((event) => event?.uid)).size).toBe(1);
    expect([short, long, endless].map((event) => endOf(event))).toEqual([
      "2026-02-02T14:00:00.000Z",
      "2026-04-01T00:00:00.000Z",
      "2026-03-01T23:00:00.000Z",
    ]);
  });
});
