import { describe, expect, it } from "vitest";
import { MAX_EVENTS } from "../../../src/domain/dashboard/dashboard.ts";
import { aDay, ago, aLargeHub, dashboardOf, entry } from "../../dashboard/scenes.ts";
import { aClaim, aCollaboration, aHeartbeat, aProfile } from "../../support/builders.ts";

describe("the dashboard", () => {
  it("has every section of an empty hub, and nothing in them", () => {
    const empty = dashboardOf({});
    const { unanswered, silent, overlaps, sessions, requests, claims, events, skills } = empty;
    expect({ unanswered, silent, overlaps, sessions, requests, claims, events, skills }).toEqual({
      ...{ unanswered: [], silent: [], overlaps: [], sessions: [], requests: [] },
      ...{ claims: { keys: [], projects: [] }, events: [], skills: [] },
    });
    expect(empty.metrics.weeks).toHaveLength(12);
    expect(empty.week).toMatchObject({ zone: "UTC", sessions: [], always: [] });
  });

  it("is plain JSON", () => {
    expect(JSON.parse(JSON.stringify(aDay()))).toEqual(aDay());
  });

  it("tells who is silent with something, since when, and what frees it", () => {
    const found = dashboardOf({
      sessions: [aProfile(), aProfile({ id: "session-2" }), aProfile({ id: "session-3" })],
      heartbeats: [
        aHeartbeat({ last_heartbeat: ago(60) }),
        aHeartbeat({ session_id: "session-2", last_heartbeat: ago(180) }),
        aHeartbeat({ session_id: "session-3", last_heartbeat: ago(2000) }),
      ],
      collaborations: [
        aCollaboration({ to_session: "session-2", from_session: "session-1", status: "accepted" }),
      ],
      claims: [aClaim(), aClaim({ key: "issue-43", patterns: ["issue-43"], session: "session-3" })],
    }).silent;
    expect(found).toMatchObject([
      { id: "session-3", claims: [{ key: "issue-43" }], requests: [], next: "hive retire session-3" },
      { id: "session-2", claims: [], requests: [{ from: "session-1" }], next: "hive takeover session-2" },
      {
        id: "session-1",
        claims: [{ key: "issue-42" }],
        next: expect.stringContaining("hive send session-1"),
      },
    ]);
  });

  it("tells which claims overlap, and how to ask for one", () => {
    const claims = [
      aClaim({ key: "a", patterns: ["src/**"], project: "app" }),
      aClaim({ key: "b", patterns: ["src/a.ts"], project: "app", session: "session-2" }),
    ];
    expect(dashboardOf({ claims }).overlaps).toMatchObject([
      {
        claims: [
          { session: "session-1", target: "src/**" },
          { session: "session-2", target: "src/a.ts" },
        ],
        next: 'hive request session-2 "May I have src/a.ts?"',
      },
    ]);
  });

  it("lists open requests by state, the oldest first, then those that ended last", () => {
    const request = (id: string, status: string, age: number) =>
      aCollaboration({
        request_id: `collab-1-${id}`,
        status,
        created_at: ago(age),
        updated_at: ago(age),
      });
    const { requests } = dashboardOf({
      collaborations: [
        ...[
          request("done", "completed", 90),
          request("late", "completed", 10),
          request("work", "in_progress", 5),
        ],
        ...[request("held", "accepted", 60), request("aaaa", "pending", 3), request("bbbb", "pending", 30)],
      ],
    });
    expect(requests.map(({ id }) => id.slice(9))).toEqual(["bbbb", "aaaa", "held", "work", "late", "done"]);
  });

  it("has the project of a session's claims", () => {
    const claims = [aClaim({ key: "a", patterns: ["a.ts"], project: "site" }), aClaim()];
    expect(dashboardOf({ sessions: [aProfile()], claims }).sessions).toMatchObject([{ projects: ["site"] }]);
  });

  it("tells the last operations in the sentences of the log", () => {
    const entries = Array.from({ length: 60 }, (_, index) =>
      entry("accept collab-1-k3f9: session-1: After lunch", index, { kind: "accept" }),
    );
    const { events } = dashboardOf({}, entries);
    expect(events).toHaveLength(MAX_EVENTS);
    expect(events[0]?.text).toBe("session-1 accepts collab-1-k3f9: After lunch");
  });

  it("has the hours of each day of the week, in minutes of the zone's clocks", () => {
    const sessions = [
      aProfile({ availability: { hours: "Mon,Sat 09:00-12:00,13:00-17:30 UTC" } }),
      aProfile({ id: "session-2" }),
      aProfile({ id: "session-3" }),
    ];
    const heartbeats = [aHeartbeat(), aHeartbeat({ session_id: "session-2" })];
    const { week } = dashboardOf({ sessions, heartbeats });
    const open = [
      [540, 720],
      [780, 1050],
    ];
    expect(week.days[0]).toBe("2026-01-26");
    expect(week.now).toEqual([5, 720]);
    expect(week.sessions).toMatchObject([{ id: "session-1", days: [open, [], [], [], [], open, []] }]);
    expect(week.always).toEqual(["session-2"]);
  });

  it("cuts what others wrote to a line", () => {
    const text = `a\n${"b".repeat(5000)}`;
    const state = dashboardOf({
      sessions: [
        aProfile({ name: text.slice(0, 3000), role: text.slice(0, 3000), current_work: text.slice(0, 3000) }),
      ],
      collaborations: [aCollaboration({ request: text })],
    });
    expect(JSON.stringify(state).length).toBeLessThan(6000);
  });

  it("is made of 200 sessions and 2,000 requests at once", () => {
    expect(aLargeHub(200, 2000).sessions).toHaveLength(200);
  });
});
