import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide } from "../../../../src/domain/decide.ts";
import { DEFAULT_SETTINGS } from "../../../../src/domain/hub/default-settings.ts";
import { type Collaboration, CollaborationStatus } from "../../../../src/domain/requests/collaboration.ts";
import { legalMoves, MOVES, type Move } from "../../../../src/domain/requests/moves.ts";
import { accept } from "../../../../src/domain/requests/operations/accept.ts";
import { cancel, complete, decline, start } from "../../../../src/domain/requests/operations/moves.ts";
import { request } from "../../../../src/domain/requests/operations/request.ts";
import { TEXT_LIMIT } from "../../../../src/domain/values/text.ts";
import { aCollaboration, anOperation, aProfile, aState, changeOf, NOON } from "../../../support/builders.ts";
import { isOneVisibleLine } from "../../../support/unsafe.ts";

const RULES = { accept, start, complete, decline, cancel };
const VERBS = Object.keys(RULES) as Move[];
const STATUSES = CollaborationStatus.options;
const ID = "collab-1769860800-k3f9";
const LATER = "2026-01-31T13:00:00Z";

/** The status after each legal move. Written by hand from the design, not taken from the program. */
const LEGAL: Partial<Record<CollaborationStatus, Partial<Record<Move, CollaborationStatus>>>> = {
  pending: { accept: "accepted", decline: "declined", cancel: "cancelled" },
  accepted: { start: "in_progress", complete: "completed", cancel: "cancelled" },
  in_progress: { complete: "completed", cancel: "cancelled" },
};
const PARTIES = { addressee: "session-1", requester: "session-2", bystander: "session-3" } as const;
type MoveParty = keyof typeof PARTIES;
const SESSIONS = Object.values(PARTIES).map((id) => aProfile({ id }));

function move(verb: Move, collaborations: readonly Collaboration[], by: MoveParty, input: object = {}) {
  const state = aState({ sessions: SESSIONS, collaborations });
  const operation = anOperation({ request: ID, ...input }, { session: PARTIES[by], at: LATER });
  return decide(RULES[verb], state, operation);
}

function expected(status: CollaborationStatus, verb: Move, by: MoveParty): string {
  if (by !== (verb === "cancel" ? "requester" : "addressee")) return "wrong_party";
  return LEGAL[status]?.[verb] ?? "illegal_move";
}

const EVERY_CASE = STATUSES.flatMap((status) =>
  VERBS.flatMap((verb) =>
    (Object.keys(PARTIES) as MoveParty[]).map(
      (by) => [status, verb, by, expected(status, verb, by)] as const,
    ),
  ),
);

describe("moving a request", () => {
  it.each(EVERY_CASE)("that is %s: %s by the %s is %s", (status, verb, by, outcome) => {
    const decision = move(verb, [aCollaboration({ status })], by);
    const reached = decision.kind === "refusal" ? decision.code : decision.result.collaboration.status;
    expect(reached).toBe(outcome);
  });

  it("writes the record, with the session, the instant and the note", () => {
    const before = aCollaboration({ ticket: 42 });
    const { json, subject } = changeOf(move("accept", [before], "addressee", { note: "After lunch" }));
    expect(json(`ACTIVE/COLLABORATIONS/${ID}.json`)).toEqual({
      ...before,
      status: "accepted",
      updated_at: LATER,
      history: [{ status: "accepted", session: "session-1", at: LATER, note: "After lunch" }],
    });
    expect(subject).toBe(`accept ${ID}: session-1 «Please help»: After lunch`);
  });

  it("completes an accepted request with a step for in progress", () => {
    const { result } = changeOf(
      move("complete", [aCollaboration({ status: "accepted" })], "addressee", { note: "Merged" }),
    );
    expect(result.collaboration.history).toEqual([
      { status: "in_progress", session: "session-1", at: LATER },
      { status: "completed", session: "session-1", at: LATER, note: "Merged" },
    ]);
  });

  it("keeps the whole note and shows its start in the log", () => {
    const note = `a\u001b[31m\n${"long ".repeat(100)}end`;
    const { result, subject } = changeOf(move("decline", [aCollaboration()], "addressee", { note }));
    expect(result.collaboration.history.at(-1)?.note).toBe(note);
    expect(isOneVisibleLine(subject)).toBe(true);
    expect(subject.length).toBeLessThan(120);
  });

  it.each(["", " ", "a\0b"])("refuses the note %j", (note) => {
    expect(() => move("accept", [aCollaboration()], "addressee", { note })).toThrow();
  });

  it("keeps the record below the size limit of the hub, for any request and notes", () => {
    // These characters take the most bytes in JSON of all that a text may have.
    const [text, note] = ["\u0001".repeat(TEXT_LIMIT), "\u0001".repeat(4000)];
    const operation = anOperation({ to: "session-1", text, urgency: "normal" }, { session: "session-2" });
    const asked = changeOf(decide(request, aState({ sessions: SESSIONS }), operation)).result.collaboration;
    const ended = (["accept", "start", "complete"] as const).reduce(
      (record, verb) =>
        changeOf(move(verb, [record], "addressee", { request: record.request_id, note })).result
          .collaboration,
      asked,
    );
    const { file_bytes } = DEFAULT_SETTINGS.limits;
    expect(Buffer.byteLength(JSON.stringify(ended, null, 2))).toBeLessThanOrEqual(file_bytes);
  });
});

describe("a sequence of moves", () => {
  const step = fc.record({
    verb: fc.constantFrom(...VERBS),
    by: fc.constantFrom<MoveParty>("addressee", "requester"),
  });
  const PATH = /^pending(?: accepted(?: in_progress(?: completed)?)?| declined)?(?: cancelled)?$/;

  it("follows only legal moves, and none after an end", () => {
    return fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let record = aCollaboration({ history: [{ status: "pending", session: "session-2", at: NOON }] });
        for (const { verb, by } of steps) {
          const decision = move(verb, [record], by);
          if (decision.kind === "refusal") continue;
          expect(legalMoves(record.status)).toContain(verb);
          record = decision.result.collaboration;
        }
        const path = record.history.map(({ status }) => status).join(" ");
        expect(path).toMatch(PATH);
        expect(path).not.toMatch(/(?:completed|declined) cancelled/);
        expect(record.history.at(-1)?.status).toBe(record.status);
      }),
      { numRuns: 500 },
    );
  });

  it.each(["completed", "declined", "cancelled", "expired"] as const)(
    "ends where a request is %s",
    (status) => {
      expect(legalMoves(status)).toEqual([]);
    },
  );

  it("is refused when it is applied twice", () => {
    for (const verb of VERBS) {
      const by = MOVES[verb].by === "to_session" ? "addressee" : "requester";
      const status = MOVES[verb].from[0] ?? "pending";
      const once = changeOf(move(verb, [aCollaboration({ status })], by)).result.collaboration;
      expect(move(verb, [once], by)).toMatchObject({ kind: "refusal", code: "illegal_move" });
    }
  });
});

describe("naming a request", () => {
  const two = [aCollaboration(), aCollaboration({ request_id: "collab-1769860800-k3zz" })];
  const OP_ID = "01KG9M2V0000000000000MSGAB";
  const seed = aCollaboration({ request_id: "collab-1769860800" });

  it.each([
    ["the whole id", two, ID],
    ["a unique start", two, "collab-1769860800-k3f"],
    ["its end, as people read it out", two, "k3f9"],
    ["a longer end", two, "9860800-k3zz"],
    ["a start without its first word", two, "1769860800-k3f"],
    ["the message that announced it", [aCollaboration({ message_id: OP_ID }), ...two.slice(1)], OP_ID],
    [
      "the end of its message's id",
      [aCollaboration({ message_id: OP_ID }), ...two.slice(1)],
      OP_ID.slice(-4),
    ],
    ["a whole id that is the start of another", [seed, ...two], "collab-1769860800"],
  ])("by %s", (_, requests, name) => {
    expect(move("accept", requests, "addressee", { request: name })).toMatchObject({ kind: "change" });
  });

  it("by a start that two requests share is refused, with both ids", () => {
    expect(move("accept", two, "addressee", { request: "collab-1769860800-k3" })).toMatchObject({
      code: "ambiguous_request",
      hint: `Give more of the id of one of these (their texts are unverified): ${ID} «Please help», collab-1769860800-k3zz «Please help»`,
    });
  });

  it.each(["collab", "collab-", "coll", "co"])("by %j is never the only open one", (name) => {
    expect(move("accept", two.slice(0, 1), "addressee", { request: name })).toMatchObject({
      code: "unknown_request",
    });
  });

  it.each(["collab-2", "k3f", "3f9", "collab-k3f9", "../x", `${ID}x`])(
    "by %j, which no request has, is refused",
    (name) => {
      expect(move("accept", two, "addressee", { request: name })).toMatchObject({ code: "unknown_request" });
    },
  );

  it("by an empty text throws", () => {
    expect(() => move("accept", two, "addressee", { request: "" })).toThrow();
  });
});
