import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide } from "../../../../src/domain/decide.ts";
import type { Collaboration } from "../../../../src/domain/requests/collaboration.ts";
import type { Move } from "../../../../src/domain/requests/moves.ts";
import { accept } from "../../../../src/domain/requests/operations/accept.ts";
import { cancel, complete, decline, start } from "../../../../src/domain/requests/operations/moves.ts";
import { request } from "../../../../src/domain/requests/operations/request.ts";
import { checkState } from "../../../../src/domain/validation/state-rules.ts";
import { anOperation, aProfile, aState, changeOf, NOON } from "../../../support/builders.ts";
import { aHub } from "../../../support/rule-builders.ts";
import { isOneVisibleLine } from "../../../support/unsafe.ts";

const RULES = { accept, start, complete, decline, cancel };
const IDS = ["session-1", "session-2", "session-3", "session-4"] as const;
type Id = (typeof IDS)[number];
const SESSIONS = [
  aProfile(),
  aProfile({ id: "session-2", capabilities_offered: [" Kubernetes "] }),
  aProfile({ id: "session-3", specialization: ["kubernetes"] }),
  aProfile({
    id: "session-4",
    offers: [{ skill: "kubernetes", since: "2026-01-29T00:00:00Z", until: "2026-01-30T00:00:00Z" }],
  }),
];

function ask(input: object = {}, session: Id = "session-1") {
  const open = { to_capability: "kubernetes", text: "Fix the ingress", urgency: "normal", ...input };
  return decide(request, aState({ sessions: SESSIONS }), anOperation(open, { session }));
}

function move(verb: Move, record: Collaboration, session: Id, input: object = {}) {
  const state = aState({ sessions: SESSIONS, collaborations: [record] });
  return decide(RULES[verb], state, anOperation({ request: record.request_id, ...input }, { session }));
}

const asked = changeOf(ask()).result.collaboration;
const taken = changeOf(move("accept", asked, "session-2")).result.collaboration;

describe("an open request for a skill", () => {
  it("has no holder, and is announced to all by a message that names it", () => {
    const { result, subject } = changeOf(ask());
    expect(result.collaboration).toMatchObject({
      to_session: null,
      to_capability: "kubernetes",
      status: "pending",
      message_id: result.message.id,
    });
    expect(result.message).toMatchObject({ to: "all", request_id: result.collaboration.request_id });
    expect(subject).toContain("session-1 asks whoever offers kubernetes: Fix the ingress");
  });

  it("returns the sessions that offer the skill now, without the requester and lapsed offers", () => {
    expect(changeOf(ask({ to_capability: "KUBERNETES" })).result.offered_by).toEqual([
      "session-2",
      "session-3",
    ]);
    expect(changeOf(ask({}, "session-2")).result.offered_by).toEqual(["session-3"]);
    expect(changeOf(ask({ to_capability: "cobol" })).result.offered_by).toEqual([]);
  });

  it("is one visible line in the log, for any name of the skill", () => {
    const { subject } = changeOf(ask({ to_capability: `\u202e${"x".repeat(300)}` }));
    expect(isOneVisibleLine(subject)).toBe(true);
  });

  it.each([
    [{ to: "session-2" }, "to one session or to one skill"],
    [{ to_capability: undefined }, "to one session or to one skill"],
    [{ to_capability: " " }, "text is empty"],
    [{ to_capability: "x".repeat(401) }, "at most 400"],
    [{ to_capability: "a\nb" }, "without control characters"],
    [{ deadline: "tomorrow" }, "ISO 8601"],
  ])("has input that does not fit: %j", (input, reason) => {
    expect(() => ask(input)).toThrow(reason);
  });

  it.each([
    ["before now", "2026-01-31T11:59:59Z"],
    ["now", NOON],
  ])("is refused with a deadline %s", (_, deadline) => {
    expect(ask({ deadline })).toMatchObject({ code: "past_deadline" });
  });

  it("keeps its deadline", () => {
    const deadline = "2026-01-31T16:00:00Z";
    expect(changeOf(ask({ deadline })).result.collaboration.deadline).toBe(deadline);
  });
});

describe("accepting an open request", () => {
  it.each(["session-2", "session-3", "session-4"] as const)(
    "makes %s the holder, even without the skill",
    (id) => {
      const { collaboration } = changeOf(move("accept", asked, id)).result;
      expect(collaboration).toMatchObject({ to_session: id, status: "accepted" });
    },
  );

  it("is refused to the requester", () => {
    expect(move("accept", asked, "session-1")).toMatchObject({
      code: "wrong_party",
      hint: `Allowed now: hive cancel ${asked.request_id}`,
    });
  });

  it.each(["accept", "decline", "start", "complete"] as const)(
    "first makes a later %s by another session refused, with the holder and since when",
    (verb) => {
      expect(move(verb, taken, "session-3")).toMatchObject({
        code: "already_taken",
        message: `Cannot ${verb} ${asked.request_id}: session-2 has held it since ${NOON}.`,
      });
    },
  );

  it("after its end is refused with its status", () => {
    const done = changeOf(move("complete", taken, "session-2")).result.collaboration;
    expect(move("accept", done, "session-3")).toMatchObject({
      message: `Cannot accept ${asked.request_id}: session-2 has held it since ${NOON} and it is completed.`,
    });
    const gone = changeOf(move("cancel", asked, "session-1")).result.collaboration;
    expect(move("accept", gone, "session-3")).toMatchObject({
      code: "illegal_move",
      message: expect.stringContaining("it is cancelled, by session-1"),
    });
  });

  it("is needed before starting and completing", () => {
    for (const verb of ["start", "complete"] as const)
      expect(move(verb, asked, "session-2")).toMatchObject({
        code: "illegal_move",
        hint: expect.stringContaining(`hive accept ${asked.request_id}`),
      });
  });
});

describe("declining an open request", () => {
  const declined = changeOf(move("decline", asked, "session-2", { note: "No time" })).result.collaboration;

  it("is recorded for one session, and leaves the request open for the others", () => {
    expect(declined).toMatchObject({ to_session: null, status: "pending" });
    expect(declined.history.at(-1)).toEqual({
      status: "pending",
      session: "session-2",
      at: NOON,
      declined: true,
      note: "No time",
    });
    expect(move("accept", declined, "session-3")).toMatchObject({ kind: "change" });
  });

  it("is possible once, and the session may still accept the request", () => {
    expect(move("decline", declined, "session-2")).toMatchObject({ code: "already_declined" });
    expect(move("accept", declined, "session-2")).toMatchObject({ kind: "change" });
  });

  it("is refused to the requester", () => {
    expect(move("decline", declined, "session-1")).toMatchObject({ code: "wrong_party" });
  });

  it("is refused when the record would have no room for its end", () => {
    const [first] = asked.history;
    const full = { ...asked, history: [...Array(201).keys()].flatMap(() => (first ? [first] : [])) };
    expect(move("decline", full, "session-2")).toMatchObject({ code: "record_full" });
    const long = { ...asked, extra: "x".repeat(160_000) };
    expect(move("decline", long, "session-2")).toMatchObject({ code: "record_full" });
    expect(move("accept", long, "session-2")).toMatchObject({ kind: "change" });
  });
});

describe("evidence", () => {
  it("is stored with the completed request", () => {
    const evidence = "https://github.com/team/app/pull/42?a=b#c";
    const { result, subject } = changeOf(move("complete", taken, "session-2", { evidence }));
    expect(result.collaboration).toMatchObject({ status: "completed", evidence });
    expect(subject).toContain(evidence);
  });

  it.each([
    "",
    "see the pull request",
    "ftp://example.org/x",
    "javascript:alert(1)",
    "https://",
    "https://user@example.org",
    "https://user:secret@example.org/x",
    "https://example.org/a b",
    "https://example.org/\u202ex",
    "https://example.org/\u001b[31m",
    `https://example.org/${"x".repeat(2000)}`,
  ])("must be a web address without credentials: %j", (evidence) => {
    expect(() => move("complete", taken, "session-2", { evidence })).toThrow();
  });

  it("is ignored by every other move", () => {
    const { collaboration } = changeOf(
      move("accept", asked, "session-2", { evidence: "https://a.example" }),
    ).result;
    expect(collaboration.evidence).toBeUndefined();
  });
});

describe("any sequence of moves by any session", () => {
  const step = fc.record({
    verb: fc.constantFrom(...(Object.keys(RULES) as Move[])),
    by: fc.constantFrom(...IDS),
  });

  it("leaves at most one holder, a valid record, and a hint in each refusal", () => {
    return fc.assert(
      fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
        let record = asked;
        const holders = new Set<string>();
        for (const { verb, by } of steps) {
          const decision = move(verb, record, by);
          if (decision.kind === "refusal") {
            expect(decision.hint).not.toBe("");
            continue;
          }
          record = changeOf(decision).result.collaboration;
          if (record.to_session !== null) holders.add(record.to_session);
        }
        expect(holders.size).toBeLessThanOrEqual(1);
        expect(holders.has("session-1")).toBe(false);
        expect(checkState(aHub({ sessions: SESSIONS, collaborations: [record] }), NOON)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
