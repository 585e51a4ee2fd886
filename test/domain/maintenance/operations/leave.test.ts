import { describe, expect, it } from "vitest";
import { decide } from "../../../../src/domain/decide.ts";
import { leave } from "../../../../src/domain/maintenance/operations/leave.ts";
import { accept } from "../../../../src/domain/requests/operations/accept.ts";
import { reclaim } from "../../../../src/domain/requests/operations/reclaim.ts";
import { takeover } from "../../../../src/domain/requests/operations/takeover.ts";
import { isOverdue } from "../../../../src/domain/requests/overdue.ts";
import { remind } from "../../../../src/domain/requests/reminders.ts";
import { checkState } from "../../../../src/domain/validation/state-rules.ts";
import {
  aClaim,
  aCollaboration,
  aHeartbeat,
  anOperation,
  aProfile,
  aState,
  changeOf,
  NOON,
} from "../../../support/builders.ts";
import { accepted, aHub } from "../../../support/rule-builders.ts";

const SESSIONS = ["session-1", "session-2", "session-3"].map((id) => aProfile({ id }));
const [ONE, TWO, THREE] = SESSIONS.map(({ id }) => id);
if (!ONE || !TWO || !THREE) throw new Error("three sessions are expected");
const ID = "collab-1769860800-k3f9";
const ACTIVE = `ACTIVE/COLLABORATIONS/${ID}.json`;
const hours = (number: number) =>
  new Date(Date.parse(NOON) + number * 3_600_000).toISOString().replace(".000", "");

const pending = aCollaboration({
  request_id: "collab-1769860801-aaaa",
  from_session: "session-3",
  history: [{ status: "pending", session: "session-3", at: NOON }],
});

describe("a session that leaves", () => {
  const state = aState({
    sessions: SESSIONS,
    heartbeats: [aHeartbeat()],
    collaborations: [accepted(), pending],
    claims: [aClaim()],
  });
  const left = changeOf(decide(leave, state, anOperation({ note: "Half done" })));

  it("is offline everywhere, and holds no claim", () => {
    expect(left.json("SESSIONS/session-1.json")).toMatchObject({ status: "offline" });
    expect(left.json("HEARTBEATS/session-1.json")).toMatchObject({ status: "offline" });
    expect(left.json("REGISTRY.json")).toMatchObject({ sessions: { "session-1": { status: "offline" } } });
    expect(left.paths).toContain("ACTIVE/CLAIMS/issue-42.json");
    expect(left.text("ACTIVE/CLAIMS/issue-42.json")).toBe("");
    expect(left.result).toEqual({
      session: "session-1",
      released: ["issue-42"],
      returned: [ID, pending.request_id],
    });
  });

  it("gives back what it accepted and what waits for its answer, and says so to each requester", () => {
    expect(left.json(ACTIVE)).toMatchObject({ status: "pending", to_session: null });
    expect((left.json(ACTIVE) as typeof pending).history.at(-1)).toEqual({
      ...{ status: "pending", session: "session-1", at: NOON },
      ...{ returned_from: "session-1", note: "Half done" },
    });
    expect(left.paths.filter((path) => path.startsWith("MESSAGES/"))).toHaveLength(2);
    for (const id of [ID, pending.request_id]) {
      const record = aCollaboration(left.json(`ACTIVE/COLLABORATIONS/${id}.json`) as object);
      expect(
        checkState(aHub({ sessions: SESSIONS, collaborations: [record], heartbeats: [] }), NOON),
      ).toEqual([]);
    }
  });

  it("leaves them to any session, also after their first deadline", () => {
    const record = aCollaboration({ ...(left.json(ACTIVE) as object), deadline: NOON });
    const taken = decide(
      accept,
      aState({ sessions: SESSIONS, collaborations: [record] }),
      anOperation({ request: ID }, { session: "session-3", at: hours(1) }),
    );
    expect(changeOf(taken).json(ACTIVE)).toMatchObject({ status: "accepted", to_session: "session-3" });
    expect(isOverdue(record, state.settings, hours(24 * 8))).toBe(true);
  });

  it("changes nothing when it leaves again", () => {
    const gone = aState({
      sessions: [aProfile({ status: "offline" })],
      heartbeats: [aHeartbeat({ status: "offline" })],
    });
    expect(decide(leave, gone, anOperation()).kind).toBe("nothing");
  });
});

describe("a requester", () => {
  const stateAt = (beat: object, record = accepted()) =>
    aState({ sessions: SESSIONS, heartbeats: [aHeartbeat(beat)], collaborations: [record] });
  const take = (state: ReturnType<typeof aState>, at: string, input: object = {}, session = "session-2") =>
    decide(reclaim, state, anOperation({ request: ID, ...input }, { session, at }));

  it.each([
    ["offline by its own word", { status: "offline" }, NOON],
    ["silent for more than two hours", {}, hours(2.1)],
  ])("takes its request back from a session that is %s, which is told", (_, beat, at) => {
    const change = changeOf(take(stateAt(beat), at));
    const record = aCollaboration(change.json(ACTIVE) as object);
    expect(record).toMatchObject({ status: "pending", to_session: null });
    expect(record.history.at(-1)).toMatchObject({ session: "session-2", returned_from: "session-1" });
    expect(change.paths.filter((path) => path.startsWith("MESSAGES/2"))).toHaveLength(1);
    expect(checkState(aHub({ sessions: SESSIONS, collaborations: [record], heartbeats: [] }), at)).toEqual(
      [],
    );
  });

  it("is told of the request that a session has gone offline with, and of the command", () => {
    expect(remind(stateAt({ status: "offline" }), TWO, NOON)).toMatchObject([
      {
        kind: "stranded",
        text: expect.stringContaining(`session-1 went offline with your request ${ID}`),
        next: `hive reclaim ${ID}`,
      },
    ]);
    expect(remind(stateAt({}), TWO, NOON)).toEqual([]);
  });

  it("takes it from a session that is not silent only by force", () => {
    expect(take(stateAt({}), hours(1))).toMatchObject({ code: "not_offline" });
    expect(take(stateAt({}), hours(1), { force: true }).kind).toBe("change");
    const paused = { status: "paused", status_until: hours(20) };
    expect(take(stateAt(paused), hours(5))).toMatchObject({ code: "not_offline" });
    expect(take(stateAt(paused), hours(20)).kind).toBe("change");
  });

  it.each([
    ["of another session", accepted(), "session-3", "wrong_party"],
    ["that has ended", accepted({ status: "completed" }), "session-2", "not_reclaimable"],
    [
      "that no session has",
      aCollaboration({ to_session: null, to_capability: "go" }),
      "session-2",
      "not_reclaimable",
    ],
  ])("cannot take back a request %s", (_, record, session, code) => {
    expect(take(stateAt({ status: "offline" }, record), NOON, { force: true }, session)).toMatchObject({
      code,
    });
  });

  it("that takes over its own requests is shown how to take them back", () => {
    const state = stateAt({ status: "offline" });
    expect(
      decide(takeover, state, anOperation({ session: "session-1" }, { session: "session-2" })),
    ).toMatchObject({
      code: "nothing_open",
      message: expect.stringContaining(ID),
      hint: `Take them back: hive reclaim ${ID}`,
    });
  });
});
