import { describe, expect, it } from "vitest";
import { notRegistered } from "../../src/domain/refusal.ts";
import {
  ambiguousRequest,
  illegalMove,
  unknownRequest,
  wrongParty,
} from "../../src/domain/requests/refusals.ts";
import { askedItself, unknownSession } from "../../src/domain/sessions/refusals.ts";
import { SessionId } from "../../src/domain/values/ids.ts";
import { aCollaboration, NOON } from "../support/builders.ts";

const ONE = SessionId.parse("session-1");
const ACCEPTED = aCollaboration({
  status: "accepted",
  history: [{ status: "accepted", session: "session-1", at: NOON }],
});
const EVERY = [
  notRegistered(ONE),
  unknownSession("nobody", []),
  askedItself(ONE),
  unknownRequest("collab-1"),
  ambiguousRequest("collab-1", [aCollaboration(), aCollaboration()]),
  wrongParty(ACCEPTED, "accept", ONE),
  illegalMove(ACCEPTED, "accept", ONE),
];

describe("a refusal", () => {
  it("has a code of its own that scripts can rely on", () => {
    expect(EVERY.map(({ code }) => code)).toEqual([
      "not_registered",
      "unknown_session",
      "same_session",
      "unknown_request",
      "ambiguous_request",
      "wrong_party",
      "illegal_move",
    ]);
  });

  it.each(EVERY.map((refusal) => [refusal.code, refusal] as const))(
    "says what happened and what to do next, without blame: %s",
    (_, { message, hint }) => {
      expect(message).toMatch(/\.$/);
      expect(hint).not.toBe("");
      expect(message + hint).not.toContain("!");
    },
  );

  it("of a move names the holder of the request, since when, and the moves that the session may make now", () => {
    expect(illegalMove(ACCEPTED, "accept", ONE)).toMatchObject({
      message: `Cannot accept ${ACCEPTED.request_id}: it is accepted, by session-1 since ${NOON}.`,
      hint: `Allowed now: hive start ${ACCEPTED.request_id}, hive complete ${ACCEPTED.request_id}`,
    });
  });

  it("of a move on an ended request says how to ask again", () => {
    const requester = SessionId.parse("session-2");
    const ended = aCollaboration({ status: "declined" });
    expect(illegalMove(aCollaboration({ status: "in_progress" }), "start", ONE).message).toContain(
      "in progress",
    );
    expect(illegalMove(ended, "cancel", requester).hint).toContain("hive request");
    expect(illegalMove(ended, "accept", ONE).hint).toContain("hive inbox");
  });

  it.each([
    ["accept", "session-1 was asked, and only session-1 may."],
    ["cancel", "session-2 asked, and only session-2 may."],
  ] as const)("to %s names the session that may do it", (move, reason) => {
    expect(wrongParty(ACCEPTED, move, SessionId.parse("session-3")).message).toContain(reason);
  });

  it("proposes at most a few names", () => {
    const known = [...Array(9).keys()].map((number) => `session-${number}`);
    expect(unknownSession("session", known).hint).toBe("Did you mean session-0 or session-1 or session-2?");
    const requests = known.map((_, number) =>
      aCollaboration({ request_id: `collab-${number}`, request: "Help" }),
    );
    expect(ambiguousRequest("collab", requests).hint.match(/collab-\d «Help»/g)).toHaveLength(5);
  });
});
