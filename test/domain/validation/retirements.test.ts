import { describe, expect, it } from "vitest";
import { Retired } from "../../../src/domain/sessions/session.ts";
import { checkCommit } from "../../../src/domain/validation/commit-rules.ts";
import { checkState } from "../../../src/domain/validation/state-rules.ts";
import { aClaim, aHeartbeat, aMessage, aProfile, NOON } from "../../support/builders.ts";
import { aCommit, accepted, aHub, changed, type Parts } from "../../support/rule-builders.ts";

const PROFILE = "coordination/SESSIONS/session-1.json";
const RETIRED = "coordination/RETIRED.json";
const BOT = { author: "git-hive", sessions: ["git-hive"] };

function retired(...ids: string[]): Retired {
  return Retired.parse({ sessions: Object.fromEntries(ids.map((id) => [id, { retired_at: NOON }])) });
}

describe("a retired session", () => {
  const sessions = [aProfile()];
  const gone: Parts = { sessions, retired: retired("session-2"), heartbeats: [], messages: [] };
  const faults = (over: Parts) => checkState(aHub({ ...gone, ...over }), NOON).map(({ rule }) => rule);

  it("may be named in messages and requests", () => {
    const messages = [aMessage({ from: "session-2", to: "session-1" })];
    expect(faults({ messages, collaborations: [accepted()] })).toEqual([]);
  });

  it.each([
    ["a heartbeat", { heartbeats: [aHeartbeat({ session_id: "session-2" })] }, "reference"],
    ["a claim", { claims: [aClaim({ session: "session-2" })] }, "reference"],
    ["a profile", { sessions: [...sessions, aProfile({ id: "session-2" })] }, "retired"],
  ])("has no %s", (_, over, rule) => {
    expect(faults({ collaborations: [], ...over })).toEqual([rule]);
  });

  it("ends a request only as its holder", () => {
    const step = { status: "expired", session: "git-hive", at: NOON };
    const ended = (retired: object) =>
      accepted({ status: "expired", history: [...accepted().history, { ...step, ...retired }] });
    const over = (retired: object) => faults({ collaborations: [ended(retired)] });
    expect(over({ retired: "session-1" })).toEqual([]);
    expect(over({ retired: "session-2" })).toEqual(["move"]);
    expect(over({})).toEqual(["move"]);
  });
});

describe("a commit", () => {
  const profile = aProfile();
  const left = { sessions: [changed(PROFILE, profile, undefined)] };
  const back = { sessions: [changed(PROFILE, undefined, profile)] };
  const record = (before: Retired | null | undefined, after: Retired | null | undefined) => ({
    retired: [changed(RETIRED, before, after)],
  });
  const retiring = { ...BOT, kinds: ["retire"] };

  it.each([
    ["that retires a session", { ...left, ...record(undefined, retired("session-1")) }, retiring, 0],
    [
      "that expires a session",
      { ...left, ...record(retired(), retired("session-1")) },
      { ...BOT, kinds: ["expire"] },
      0,
    ],
    [
      "in which a session returns",
      { ...back, ...record(retired("session-1"), retired()) },
      { kinds: ["register"] },
      0,
    ],
    ["that removes a session by hand", left, { sessions: [] }, 1],
    [
      "that removes a session by another operation",
      { ...left, ...record(undefined, retired("session-1")) },
      BOT,
      1,
    ],
    ["that frees the name of the session", left, retiring, 1],
    ["that records a session which stays", record(undefined, retired("session-1")), retiring, 1],
    ["that frees a name", record(retired("session-1"), retired()), retiring, 1],
    ["that removes the record", record(retired("session-1"), undefined), retiring, 1],
    [
      "that changes an entry",
      record(
        retired("session-1"),
        Retired.parse({ sessions: { "session-1": { retired_at: "2026-01-01T00:00:00Z" } } }),
      ),
      retiring,
      1,
    ],
    ["that repairs the record", record(null, retired("session-1")), retiring, 0],
    ["that merges two records", record(retired(), retired("session-1")), { isMerge: true }, 0],
  ])("%s is judged", (_, changes, by, faults) => {
    const found = checkCommit(aCommit(changes, by)).filter(({ rule }) => rule === "retired");
    expect(found).toHaveLength(faults);
  });
});
