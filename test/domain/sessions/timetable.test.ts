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

  it("are the windows of four weeks, in wall time", () => {
    const found = events([HOURS], "2026-03-25T12:00:00Z");
    expect(found).toHaveLength(20);
    const starts = found.map(({ from }) => new Date(from).toISOString());
    expect(starts.slice(4, 6)).toEqual(["2026-03-27T08:00:00.000Z", "2026-03-30T07:00:00.000Z"]);
    expect(found[0]).toMatchObject({
      summary: "Session One is available",
      description: "session-1: Mon-Fri 09:00-17:00 Europe/Berlin",
    });
  });

  it("have unique ids that stay the same in a later export", () => {
    const night = { id: "session-2", availability: { hours: "Sun 22-06 Europe/Berlin" } };
    const [monday, friday, later] = [
      "2026-02-02T00:00:00Z",
      "2026-02-06T12:00:00Z",
      "2026-02-09T12:00:00Z",
    ].map((now) => events([HOURS, night], now));
    expect(friday).toEqual(monday);
    const known = new Map(monday?.map((event) => [event.uid, event]));
    expect(known.size).toBe(monday?.length);
    const shared = later?.filter(({ uid }) => known.has(uid)) ?? [];
    expect(shared.length).toBeGreaterThan(15);
    for (const event of shared) expect(event).toEqual(known.get(event.uid));
  });

  it("include the whole of a window that crosses the first Monday", () => {
    const night = { availability: { hours: "Sun 22-06 Europe/Berlin" } };
    expect(new Date(events([night])[0]?.from ?? 0).toISOString()).toBe("2026-02-01T21:00:00.000Z");
  });

  it("are one event for hours of 24/7, and none without hours", () => {
    const [all, ...others] = events([{ availability: { hours: "24/7" } }, { id: "session-2" }]);
    expect(others).toEqual([]);
    expect([all?.from, all?.to].map((at) => new Date(at ?? 0).toISOString())).toEqual([
      "2026-02-01T23:00:00.000Z",
      "2026-03-01T23:00:00.000Z",
    ]);
  });

  it("include a pause with its reason, whose id stays the same when it is set again", () => {
    const paused = (until?: string) =>
      events([{ status: "paused", status_until: until, current_work: "Quota" }]);
    const [short, long, endless] = [
      paused("2026-02-02T14:00:00Z"),
      paused("2026-04-01T00:00:00Z"),
      paused(),
    ].flat();
    expect(short).toMatchObject({ summary: "Session One is paused", description: "session-1: Quota" });
    expect(new Set([short, long, endless].map((event) => event?.uid)).size).toBe(1);
    expect([short, long, endless].map((event) => new Date(event?.to ?? 0).toISOString())).toEqual([
      "2026-02-02T14:00:00.000Z",
      "2026-04-01T00:00:00.000Z",
      "2026-03-01T23:00:00.000Z",
    ]);
  });
});
