import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide } from "../../../../src/domain/decide.ts";
import { Message } from "../../../../src/domain/messages/message.ts";
import { Collaboration } from "../../../../src/domain/requests/collaboration.ts";
import { request } from "../../../../src/domain/requests/operations/request.ts";
import { TEXT_LIMIT } from "../../../../src/domain/values/text.ts";
import { parseMessage } from "../../../../src/store/decoding/front-matter.ts";
import {
  aCollaboration,
  aMessage,
  anOperation,
  aProfile,
  aState,
  changeOf,
  NOON,
} from "../../../support/builders.ts";
import { isOneVisibleLine } from "../../../support/unsafe.ts";

const SESSIONS = [aProfile(), aProfile({ id: "session-2" })];
const STATE = aState({ sessions: SESSIONS });
const SECONDS = Date.parse(NOON) / 1000;

function ask(input: object = {}, state = STATE, op = "01KG9M2V0000000000000000AA") {
  return decide(
    request,
    state,
    anOperation({ to: "session-2", text: "Need a UI", urgency: "high", ...input }, { op }),
  );
}

describe("a request", () => {
  it("puts the record, the message and the board into one change", () => {
    const { paths } = changeOf(ask());
    expect(paths).toEqual([
      `ACTIVE/COLLABORATIONS/collab-${SECONDS}-00aa.json`,
      "HEARTBEATS/session-1.json",
      "MESSAGES.md",
      "MESSAGES/2026/01/31/01KG9M2V0000000000000000AA.md",
    ]);
  });

  it("is recorded as pending, with its first step", () => {
    const { json, result } = changeOf(ask());
    const record = json(`ACTIVE/COLLABORATIONS/collab-${SECONDS}-00aa.json`);
    expect(record).toEqual({
      request_id: `collab-${SECONDS}-00aa`,
      from_session: "session-1",
      to_session: "session-2",
      request: "Need a UI",
      urgency: "high",
      status: "pending",
      created_at: NOON,
      updated_at: NOON,
      message_id: "01KG9M2V0000000000000000AA",
      history: [{ status: "pending", session: "session-1", at: NOON }],
    });
    expect(Collaboration.parse(record)).toEqual(result.collaboration);
  });

  it("is announced to the addressee by a message that names it", async () => {
    const { text, result } = changeOf(ask());
    const file = text("MESSAGES/2026/01/31/01KG9M2V0000000000000000AA.md");
    expect(Message.parse(await parseMessage(file))).toEqual(result.message);
    expect(result.message).toMatchObject({
      from: "session-1",
      to: "session-2",
      priority: "high",
      request_id: result.collaboration.request_id,
      body: "Need a UI",
    });
  });

  it("is on the board with the earlier messages", () => {
    const before = aMessage({
      id: "01KG9M2V0000000000000000ZZ",
      body: "Earlier",
      sent_at: "2026-01-30T00:00:00Z",
    });
    const board = changeOf(ask({}, { ...STATE, messages: [before] })).text("MESSAGES.md");
    expect(board).toMatch(/Need a UI[\s\S]*Earlier/);
  });

  it("is decided the same way when it is replayed", () => {
    expect(ask()).toEqual(ask());
  });

  it("is one visible line in the log", () => {
    const { subject } = changeOf(ask({ text: `First\nsecond \u001b[31m${"long ".repeat(50)}` }));
    expect(isOneVisibleLine(subject)).toBe(true);
    expect(subject).toMatch(/^request collab-\d+-00aa: session-1 asks session-2: First second \\u\{1b\}.*…$/);
  });
});

describe("the id of a request", () => {
  it.each([
    [[], "00aa"],
    [["00aa"], "000000aa"],
    [["00aa", "000000aa"], "00000000000000aa"],
  ])("with the tails %j taken in its second ends in %s", (taken, tail) => {
    const collaborations = taken.map((each) => aCollaboration({ request_id: `collab-${SECONDS}-${each}` }));
    const { result } = changeOf(ask({}, aState({ sessions: SESSIONS, collaborations })));
    expect(result.collaboration.request_id).toBe(
      `collab-${SECONDS}-${tail.padStart(tail.length > 8 ? 16 : 0, "0")}`,
    );
  });

  it("is unique among the requests of one second", () => {
    const digit = fc.constantFrom(..."01Z");
    const random = fc.string({ unit: digit, minLength: 16, maxLength: 16 });
    return fc.assert(
      fc.property(fc.uniqueArray(random, { minLength: 2, maxLength: 30 }), (tails) => {
        const made: Collaboration[] = [];
        for (const tail of tails) {
          const state = aState({ sessions: SESSIONS, collaborations: made });
          made.push(changeOf(ask({}, state, `01KG9M2V00${tail}`)).result.collaboration);
        }
        expect(new Set(made.map(({ request_id }) => request_id)).size).toBe(tails.length);
      }),
    );
  });
});

describe("a request that is refused", () => {
  it("names similar session ids", () => {
    expect(ask({ to: "session" })).toMatchObject({
      code: "unknown_session",
      hint: "Did you mean session-1 or session-2?",
    });
  });

  it("names the command to list the sessions when no id is similar", () => {
    expect(ask({ to: "nobody" })).toMatchObject({
      code: "unknown_session",
      hint: "See the registered sessions: hive sync",
    });
  });

  it("is one to its own author", () => {
    expect(ask({ to: "session-1" })).toMatchObject({ code: "same_session" });
  });

  it.each([
    [{ to: "../session-2" }, "is not a session id"],
    [{ text: " \n" }, "the text is empty"],
    [{ text: "a\0b" }, "not valid Unicode"],
    [{ text: "a\ud800b" }, "not valid Unicode"],
    [{ urgency: "asap" }, "urgency is normal, high or urgent"],
  ])("has input that does not fit: %j", (input, reason) => {
    expect(() => ask(input)).toThrow(reason);
  });

  it("has a text that is too long", () => {
    expect(() => ask({ text: "x".repeat(TEXT_LIMIT + 1) })).toThrow(`at most ${TEXT_LIMIT}`);
  });
});
