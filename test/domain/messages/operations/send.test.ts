import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide } from "../../../../src/domain/decide.ts";
import { Message } from "../../../../src/domain/messages/message.ts";
import { send } from "../../../../src/domain/messages/operations/send.ts";
import { parseMessage } from "../../../../src/store/decoding/front-matter.ts";
import { anOperation, aProfile, aState, changeOf, NOON } from "../../../support/builders.ts";
import { hostileId } from "../../../support/hostile.ts";

const ID = "01KG9M2V0000000000000000AA";
const STATE = aState({
  sessions: [
    aProfile(),
    aProfile({ id: "session-2", follows: ["#deploy"] }),
    aProfile({ id: "deploy-bot" }),
    aProfile({ id: "ops", follows: ["#ops"] }),
  ],
});

function sendTo(to: string, over: object = {}) {
  return decide(
    send,
    STATE,
    anOperation({ to, text: "Hello", intent: "inform", priority: "normal", ...over }),
  );
}

describe("a message", () => {
  it("is written with its recipient and its intent", async () => {
    const { paths, text, result } = changeOf(sendTo("session-2", { intent: "ask", priority: "high" }));
    const path = `MESSAGES/2026/01/31/${ID}.md`;
    expect(paths).toEqual(["HEARTBEATS/session-1.json", "MESSAGES.md", path]);
    const message = {
      id: ID,
      from: "session-1",
      to: "session-2",
      priority: "high",
      intent: "ask",
      sent_at: NOON,
    };
    expect(result.message).toEqual({ ...message, body: "Hello" });
    expect(Message.parse(await parseMessage(text(path)))).toEqual(result.message);
  });

  it.each([
    ["a registered session", "session-2", "session-2"],
    ["a topic", "#deploy", "#deploy"],
    ["a topic that no session follows yet", "#new", "#new"],
    ["a topic without its #, if a session follows it", "deploy", "#deploy"],
    ["a session, even if a topic has the same name", "ops", "ops"],
    ["a topic with the name of a session", "#ops", "#ops"],
  ])("goes to %s", (_, name, to) => {
    expect(changeOf(sendTo(name)).result.message.to).toBe(to);
  });

  it.each([
    ["inform", "normal", "send session-1 to #deploy: Hello"],
    ["ask", "urgent", "send [urgent] session-1 asks #deploy: Hello"],
    ["ack", "normal", "send session-1 acknowledges to #deploy: Hello"],
  ])("with intent %s and priority %s reads in the log: %s", (intent, priority, subject) => {
    expect(changeOf(sendTo("#deploy", { intent, priority })).subject).toBe(subject);
  });

  it.each([
    ["session-1", "same_session", 'hive broadcast "<text>"'],
    ["all", "unknown_recipient", 'hive broadcast "<text>"'],
    ["deplyo", "unknown_recipient", 'hive send --topic deplyo "<text>"'],
    ["sion-2", "unknown_recipient", 'hive send session-2 "<text>"'],
  ])("to %s is refused: %s", (name, code, hint) => {
    const refused = sendTo(name);
    expect(refused).toMatchObject({ kind: "refusal", code, hint: expect.stringContaining(hint) });
  });

  it("to a name that cannot be a session or a topic throws", () => {
    return fc.assert(
      fc.property(hostileId, (to) => {
        fc.pre(!/^#?[a-z0-9]+(?:-[a-z0-9]+)*$/.test(to));
        expect(() => sendTo(to)).toThrow();
      }),
    );
  });
});
