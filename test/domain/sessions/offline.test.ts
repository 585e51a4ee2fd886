import { describe, expect, it } from "vitest";
import { claim } from "../../../src/domain/claims/operations/claim.ts";
import { decide } from "../../../src/domain/decide.ts";
import { send } from "../../../src/domain/messages/operations/send.ts";
import type { Operation, OperationRule } from "../../../src/domain/operation.ts";
import { request } from "../../../src/domain/requests/operations/request.ts";
import { availability } from "../../../src/domain/sessions/operations/availability.ts";
import { heartbeat } from "../../../src/domain/sessions/operations/heartbeat.ts";
import { offer } from "../../../src/domain/sessions/operations/offer.ts";
import { register } from "../../../src/domain/sessions/operations/register.ts";
import { sync } from "../../../src/domain/sessions/overview.ts";
import { State, Status } from "../../../src/domain/sessions/session.ts";
import type { Part } from "../../../src/domain/snapshot.ts";
import { aHeartbeat, anOperation, aProfile, aState, changeOf, NOON } from "../../support/builders.ts";

const LATER = "2026-01-31T12:00:10Z";
const SOONER = "2026-01-31T11:59:59Z";
const OTHER = aProfile({ id: "session-2" });

const GONE = {
  "by its own word": aState({
    sessions: [aProfile({ status: "offline" }), OTHER],
    heartbeats: [aHeartbeat({ status: "offline" })],
  }),
  "by its own word, for a while": aState({
    sessions: [aProfile({ status: "offline", status_until: "2026-01-31T15:00:00Z" }), OTHER],
    heartbeats: [aHeartbeat({ status: "offline", status_until: "2026-01-31T15:00:00Z" })],
  }),
  "because it was silent": aState({ sessions: [aProfile({ status: "offline" }), OTHER] }),
};

const WRITES: Record<string, readonly [OperationRule<never, Part, unknown>, unknown]> = {
  heartbeat: [heartbeat as never, {}],
  register: [register as never, { role: "Tests" }],
  send: [send as never, { to: "session-2", text: "Hello", priority: "normal", intent: "inform" }],
  claim: [claim as never, { patterns: ["issue-42"], for: "1h" }],
  offer: [offer as never, { skill: "rust" }],
  availability: [availability as never, { hours: "Mon-Fri 09:00-17:00 UTC" }],
  request: [request as never, { to: "session-2", text: "Help", urgency: "normal" }],
};

const FILES = ["HEARTBEATS/session-1.json", "SESSIONS/session-1.json"];

describe.each(Object.entries(GONE))("a session that is offline %s", (_, state) => {
  it.each(Object.entries(WRITES))("is back everywhere by any write: %s", (_kind, [rule, input]) => {
    const change = changeOf(decide(rule, state, anOperation(input, { at: LATER })));
    for (const path of FILES) {
      expect(change.json(path)).toMatchObject({ status: "active" });
      expect(change.json(path)).not.toHaveProperty("status_until");
    }
    expect(change.json("REGISTRY.json")).toMatchObject({ sessions: { "session-1": { status: "active" } } });
    expect(change.json("HEARTBEATS/session-1.json")).toMatchObject({ last_heartbeat: LATER });
  });
});

describe("a session that set itself offline", () => {
  it("stays so by what it wrote before and what lands only now", () => {
    const [rule, input] = WRITES.send as (typeof WRITES)["send"] & object;
    const state = GONE["by its own word"];
    expect(changeOf(decide(rule, state, anOperation(input, { at: SOONER }))).paths).not.toContain(
      "REGISTRY.json",
    );
  });

  it("writes nothing when it says so again", () => {
    const again = anOperation({ status: "offline" }, { at: LATER }) as Operation;
    expect(decide(heartbeat, GONE["by its own word"], again).kind).toBe("nothing");
  });
});

describe("a state", () => {
  it.each(["heartbeat", "register"])("is one of the known ones: %s", (kind) => {
    const [rule] = WRITES[kind] ?? [heartbeat as never];
    for (const status of State.options)
      expect(decide(rule, aState({ sessions: [aProfile()] }), anOperation({ status })).kind).toBe("change");
    for (const status of ["bogus", "zzz", "active2", "on"].map((word) => Status.parse(word)))
      expect(decide(rule, aState({ sessions: [aProfile()] }), anOperation({ status }))).toMatchObject({
        code: "unknown_state",
      });
  });

  it("is counted once: a paused session is not active", () => {
    const states = State.options.filter((status) => status !== "offline");
    const sessions = states.map((status, index) => aProfile({ id: `session-${index}`, status }));
    const heartbeats = sessions.map(({ id, status }) => aHeartbeat({ session_id: id, status }));
    expect(
      sync(aState({ sessions: [...sessions, OTHER], heartbeats: heartbeats.slice(0, 4) }), NOON).summary,
    ).toEqual({
      ...{ total: 4, active: 2, idle: 1, paused: 1, offline: 0 },
    });
  });
});
