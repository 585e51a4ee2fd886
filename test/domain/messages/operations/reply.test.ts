import { describe, expect, it } from "vitest";
import { decide } from "../../../../src/domain/decide.ts";
import { reply } from "../../../../src/domain/messages/operations/reply.ts";
import { aMessage, anOperation, aProfile, aState, changeOf } from "../../../support/builders.ts";

const FIRST = "01KG9M2V0000000000000000AA";
const SECOND = "01KG9M2V0000000000000000BB";
const OTHER = "01KG9M2X0000000000000000CC";
const ACK = "01KG9M2Y0000000000000000DD";
const MESSAGES = [
  aMessage({ id: FIRST, from: "session-1", to: "session-2", intent: "ask" }),
  aMessage({
    id: SECOND,
    from: "session-2",
    to: "session-1",
    reply_to: FIRST,
    thread: FIRST,
  }),
  aMessage({ id: OTHER, from: "session-2", to: "#deploy" }),
  aMessage({ id: ACK, from: "session-2", to: "session-1", intent: "ack" }),
  aMessage({
    id: "01KG9M2Z0000000000000000EE",
    from: "session-2",
    to: "session-1",
    request_id: "collab-7-aaaa",
  }),
  aMessage({
    id: "01KG9M2Z8000000000000000EE",
    from: "git-hive",
    to: "session-1",
    request_id: "collab-7-aaaa",
  }),
  aMessage({ id: "01KG9M300000000000000000FF", from: "session-1", to: "all" }),
  aMessage({ id: "01KG9M310000000000000000GG", from: "gone", to: "all" }),
];
const STATE = aState({ sessions: [aProfile(), aProfile({ id: "session-2" })], messages: MESSAGES });

function answer(message: string, over: object = {}) {
  const operation = { message, text: "Yes", intent: "inform", ...over };
  return decide(reply, STATE, anOperation(operation, { op: "01KG9M350000000000000000ZZ" }));
}

describe("a reply", () => {
  it.each([
    ["a message to a topic goes to that topic", OTHER.slice(0, 10), "#deploy", OTHER, OTHER],
    ["a later message stays in the conversation", SECOND, "session-2", SECOND, FIRST],
    ["its own message goes to the recipient of that message", FIRST, "session-2", FIRST, FIRST],
    ["an id in lower case", SECOND.toLowerCase(), "session-2", SECOND, FIRST],
    [
      "a request answers the message that announced it",
      "collab-7",
      "session-2",
      MESSAGES[4]?.id,
      MESSAGES[4]?.id,
    ],
  ])("to %s", (_, id, to, reply_to, thread) => {
    expect(changeOf(answer(id)).result.message).toMatchObject({
      to,
      reply_to,
      thread,
      intent: "inform",
      body: "Yes",
    });
  });

  it.each([
    ["an unknown message", "01KG9M2W", "unknown_message"],
    ["an id that matches two messages", FIRST.slice(0, 20), "ambiguous_message"],
    ["its own message to all", "01KG9M30", "same_session"],
    ["a session that is not registered", "01KG9M31", "unknown_session"],
  ])("to %s is refused", (_, id, code) => {
    expect(answer(id)).toMatchObject({ kind: "refusal", code, hint: expect.stringMatching(/\S/) });
  });

  it("acknowledges anything but an acknowledgement, so that a conversation ends", () => {
    expect(changeOf(answer(SECOND, { intent: "ack" })).result.message.intent).toBe("ack");
    expect(answer(ACK, { intent: "ack" })).toMatchObject({ kind: "refusal", code: "already_acknowledged" });
    expect(changeOf(answer(ACK)).result.message.reply_to).toBe(ACK);
  });
});
