import { describe, expect, it } from "vitest";
import { overview } from "../../../src/domain/activity/overview.ts";
import { aClaim, aCollaboration, aHeartbeat, aProfile, aState, NOON } from "../../support/builders.ts";

const DAY_AGO = "2026-01-30T11:00:00Z";
const HOUR_AGO = "2026-01-31T11:00:00Z";
const TOOL = { registration: "01KG9M2V0000000000000000BB" };

function listed(over: Parameters<typeof aState>[0]) {
  return overview(aState({ sessions: [aProfile(TOOL)], ...over }), NOON);
}

describe("a session is working", () => {
  it.each([
    ["that worked just now", { worked_at: NOON }, true],
    ["that worked ten minutes ago", { worked_at: "2026-01-31T11:50:00Z" }, true],
    ["that worked longer ago", { worked_at: "2026-01-31T11:49:59Z" }, false],
    ["that only sends heartbeats", { worked_at: null }, false],
    ["of an older version", {}, false],
    ["that worked and went offline", { worked_at: NOON, status: "offline" }, false],
  ])("%s", (_, beat, working) => {
    const { sessions, summary } = listed({ heartbeats: [aHeartbeat(beat)] });
    expect(sessions).toMatchObject([{ working }]);
    expect(summary.working).toBe(working ? 1 : 0);
  });
});

describe("what a session holds", () => {
  const claims = [
    aClaim(),
    aClaim({ key: "issue-43", until: HOUR_AGO }),
    aClaim({ key: "x", session: "session-2" }),
  ];
  const collaborations = ["pending", "accepted", "in_progress", "completed"].map((status, index) =>
    aCollaboration({ request_id: `collab-${index}`, status }),
  );

  it("is its live claims and the requests that it has accepted", () => {
    expect(listed({ claims, collaborations }).sessions).toMatchObject([
      { holds: { claims: 1, requests: 2 } },
    ]);
  });

  it.each([
    ["alive", NOON, 0],
    ["stale", HOUR_AGO, 1],
    ["offline", DAY_AGO, 1],
  ])("counts as held in silence by a session that is %s or not", (_, last_heartbeat, holding) => {
    expect(listed({ claims, heartbeats: [aHeartbeat({ last_heartbeat })] }).summary.holding).toBe(holding);
  });
});

describe("a session is unused", () => {
  const gone = { status: "offline", worked_at: null };

  it.each([
    ["that ended and did nothing", gone, {}, true],
    ["that is still there", { ...gone, status: "active" }, {}, false],
    ["that worked", { ...gone, worked_at: NOON }, {}, false],
    ["that holds a claim", gone, { claims: [aClaim()] }, false],
    ["that is asked", gone, { collaborations: [aCollaboration()] }, false],
  ])("%s", (_, beat, over, unused) => {
    expect(listed({ heartbeats: [aHeartbeat(beat)], ...over }).sessions).toMatchObject([{ unused }]);
  });
});

it("lists the alive first, then those that hold something, then the others, and the unused last", () => {
  const ids = ["session-1", "session-2", "session-3", "session-4"];
  const state = aState({
    sessions: ids.map((id) => aProfile({ id, ...TOOL })),
    heartbeats: [aHeartbeat({ status: "offline", worked_at: null }), aHeartbeat({ session_id: "session-4" })],
    claims: [aClaim({ session: "session-3" })],
  });
  expect(overview(state, NOON).sessions.map(({ id }) => id)).toEqual([
    "session-4",
    "session-3",
    "session-2",
    "session-1",
  ]);
});
