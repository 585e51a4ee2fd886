import { describe, expect, it } from "vitest";
import { findFirstHappening } from "../../../src/domain/activity/await.ts";
import { decide } from "../../../src/domain/decide.ts";
import { inbox } from "../../../src/domain/inbox/inbox.ts";
import { newsFor } from "../../../src/domain/inbox/news.ts";
import { NO_MARKS } from "../../../src/domain/inbox/read-marks.ts";
import { metrics } from "../../../src/domain/metrics/metrics.ts";
import { timedRequests } from "../../../src/domain/metrics/request-times.ts";
import { accept } from "../../../src/domain/requests/operations/accept.ts";
import { decline } from "../../../src/domain/requests/operations/moves.ts";
import { remind } from "../../../src/domain/requests/reminders.ts";
import { aCollaboration, anOperation, aProfile, aState } from "../../support/builders.ts";

const DEADLINE = "2026-01-31T13:00:00Z";
const LATE = "2026-01-31T13:00:01Z";
const WEEK_LATER = "2026-02-07T12:00:00Z";
const [ONE, TWO] = [aProfile().id, aProfile({ id: "session-2" }).id];

const stateWith = (over: object) =>
  aState({ sessions: [aProfile(), aProfile({ id: "session-2" })], collaborations: [aCollaboration(over)] });

const MOVE = { request: "collab-1769860800" };

describe("a request whose time is over", () => {
  it.each([
    ["its deadline", { deadline: DEADLINE }, DEADLINE, LATE],
    ["the hub's limit", {}, WEEK_LATER, "2026-02-07T12:00:01Z"],
  ])("by %s can be accepted until then, and not later", (_, over, last, late) => {
    expect(decide(accept, stateWith(over), anOperation(MOVE, { at: last })).kind).toBe("change");
    expect(decide(accept, stateWith(over), anOperation(MOVE, { at: late }))).toMatchObject({
      kind: "refusal",
      code: "overdue",
      message: expect.stringContaining(last),
      hint: expect.stringContaining("session-2"),
    });
  });

  it("can still be declined", () => {
    const state = stateWith({ deadline: DEADLINE });
    expect(decide(decline, state, anOperation(MOVE, { at: LATE })).kind).toBe("change");
  });

  it("is overdue in every list, though nobody has written it down", () => {
    const state = stateWith({ deadline: DEADLINE });
    for (const [at, isLate] of [
      [DEADLINE, false],
      [LATE, true],
    ] as const) {
      const lists = [inbox(state, ONE, NO_MARKS, at).requests, inbox(state, TWO, NO_MARKS, at).asked];
      expect(lists.flat().map(({ overdue = false }) => overdue)).toEqual([isLate, isLate]);
      for (const session of [ONE, TWO])
        expect(remind(state, session, at)[0]?.text.includes("overdue")).toBe(isLate);
      const timed = timedRequests(state, undefined, at);
      const figures = metrics(state, timed, { entries: [], isWhole: true }, { since: undefined, now: at });
      expect(figures.collaborations.overdue).toBe(isLate ? 1 : 0);
    }
  });

  it("is no news, and nothing to wait for", () => {
    const state = stateWith({ deadline: DEADLINE });
    const wait = (at: string) =>
      findFirstHappening(
        state,
        [{ kind: "any request", word: "request" }],
        { session: ONE, marks: NO_MARKS },
        at,
      );
    expect([newsFor(state, ONE, DEADLINE, new Set()).length, wait(DEADLINE)?.kind]).toEqual([1, "request"]);
    expect([newsFor(state, ONE, LATE, new Set()).length, wait(LATE)]).toEqual([0, undefined]);
  });
});
