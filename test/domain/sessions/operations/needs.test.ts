import { describe, expect, it } from "vitest";
import { decide } from "../../../../src/domain/decide.ts";
import { needs } from "../../../../src/domain/sessions/operations/needs.ts";
import type { Profile } from "../../../../src/domain/sessions/session.ts";
import { aHeartbeat, anOperation, aProfile, aState, changeOf, NOON } from "../../../support/builders.ts";

const ID = "01KG9M2V0000000000000000BB";
const QUESTION = "Which database?";

function ask(input: object, known?: object, at = NOON) {
  const profile = aProfile(known === undefined ? {} : { needs: known });
  const state = aState({ sessions: [profile], heartbeats: [aHeartbeat()] });
  return decide(needs, state, anOperation(input, { op: ID, at }));
}

const profileIn = (decision: ReturnType<typeof ask>) =>
  changeOf(decision).json("SESSIONS/session-1.json") as Profile;

const known = (over: object = {}) => ({
  id: "01KG9M2V0000000000000000AA",
  question: QUESTION,
  since: NOON,
  ...over,
});

describe("a question of a session to its human", () => {
  it("stands in its profile, with its id, since when, and its options", () => {
    const options = ["Postgres", "SQLite"];
    const decision = ask({ question: ` ${QUESTION} `, options });
    expect(profileIn(decision).needs).toEqual({ id: ID, question: QUESTION, options, since: NOON });
    expect(changeOf(decision).subject).toBe("needs session-1: Which database?");
  });

  it("replaces an earlier one, and what others wrote beside it is gone with it", () => {
    const decision = ask({ question: "Which port?" }, known({ options: ["1", "2"], note: "theirs" }));
    expect(profileIn(decision).needs).toEqual({ id: ID, question: "Which port?", since: NOON });
  });

  it("writes nothing when the same was asked within the hour, and is new after it", () => {
    expect(ask({ question: QUESTION }, known(), "2026-01-31T12:59:59Z")).toMatchObject({ kind: "nothing" });
    expect(ask({ question: QUESTION }, known(), "2026-01-31T13:00:00Z").kind).toBe("change");
    expect(ask({ question: QUESTION, options: ["a", "b"] }, known()).kind).toBe("change");
  });

  it("is taken back by its session, once", () => {
    const decision = ask({ done: true }, known());
    expect(profileIn(decision)).not.toHaveProperty("needs");
    expect(changeOf(decision).result).toEqual({ need: null });
    expect(ask({ done: true })).toMatchObject({ kind: "nothing", result: { need: null } });
  });

  it("is refused where it is no short text, or has one, ten or equal options", () => {
    for (const input of [
      {},
      { question: " " },
      { question: "a\nb" },
      { question: "x".repeat(401) },
      { question: QUESTION, done: true },
      { done: true, options: ["a", "b"] },
      { question: QUESTION, options: ["a"] },
      { question: QUESTION, options: [..."abcdefghij"] },
      { question: QUESTION, options: ["a", "a "] },
      { question: QUESTION, options: ["a", "x".repeat(81)] },
      { question: QUESTION, options: ["a", "b\u0007"] },
      { question: "\ud800" },
    ])
      expect(() => ask(input), JSON.stringify(input)).toThrow();
  });
});

describe("a question of its tool", () => {
  const byTool = { by_tool: true };

  it("is marked as such, and does not say that the session worked", () => {
    const decision = ask({ question: QUESTION, ...byTool });
    expect(profileIn(decision).needs).toMatchObject(byTool);
    expect(changeOf(decision).json("HEARTBEATS/session-1.json")).not.toHaveProperty("worked_at");
  });

  it("neither replaces nor takes back the session's own, but another of the tool", () => {
    expect(ask({ question: "Go on?", ...byTool }, known())).toMatchObject({ kind: "nothing" });
    expect(ask({ done: true, ...byTool }, known())).toMatchObject({ kind: "nothing" });
    expect(ask({ question: "Go on?", ...byTool }, known(byTool)).kind).toBe("change");
    expect(profileIn(ask({ done: true, ...byTool }, known(byTool)))).not.toHaveProperty("needs");
  });

  it("is replaced by the session's own", () => {
    expect(profileIn(ask({ question: QUESTION }, known(byTool))).needs).not.toHaveProperty("by_tool");
  });
});
