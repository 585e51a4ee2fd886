import { describe, expect, it } from "vitest";
import { decide } from "../../../../src/domain/decide.ts";
import { Message } from "../../../../src/domain/messages/message.ts";
import { broadcast } from "../../../../src/domain/messages/operations/broadcast.ts";
import { parseMessage } from "../../../../src/store/decoding/front-matter.ts";
import { aMessage, anOperation, aProfile, aState, changeOf, NOON } from "../../../support/builders.ts";
import { isOneVisibleLine } from "../../../support/unsafe.ts";

const FILE = "MESSAGES/2026/01/31/01KG9M2V0000000000000000AA.md";
const STATE = aState({ sessions: [aProfile()] });

function announce(text: string, priority = "normal", state = STATE) {
  return decide(broadcast, state, anOperation({ text, priority }));
}

describe("a broadcast", () => {
  it("writes the message and the board in one change", async () => {
    const { paths, text, result } = changeOf(announce("Port 8005 is taken", "urgent"));
    expect(paths).toEqual(["HEARTBEATS/session-1.json", "MESSAGES.md", FILE]);
    expect(result.message).toEqual({
      id: "01KG9M2V0000000000000000AA",
      from: "session-1",
      to: "all",
      priority: "urgent",
      sent_at: NOON,
      body: "Port 8005 is taken",
    });
    expect(Message.parse(await parseMessage(text(FILE)))).toEqual(result.message);
    expect(text("MESSAGES.md")).toContain(">     Port 8005 is taken");
  });

  it("keeps the earlier messages on the board", () => {
    const before = aMessage({ id: "01KG9M2V0000000000000000ZZ", body: "Earlier" });
    expect(
      changeOf(announce("Later", "normal", { ...STATE, messages: [before] })).text("MESSAGES.md"),
    ).toContain("Earlier");
  });

  it.each([
    ["normal", "broadcast session-1: Hello"],
    ["high", "broadcast [high] session-1: Hello"],
    ["urgent", "broadcast [urgent] session-1: Hello"],
  ])("with %s priority reads in the log: %s", (priority, subject) => {
    expect(changeOf(announce("Hello", priority)).subject).toBe(subject);
  });

  it.each([
    ["several lines", "a\n\nb"],
    ["a clipboard escape", "\u001b]52;c;aGk=\u0007"],
    ["a bidirectional override", "a\u202eb"],
    ["very many emoji", "😀".repeat(500)],
  ])("is one short visible line in the log, even with %s", (_, text) => {
    const { subject } = changeOf(announce(text));
    expect(isOneVisibleLine(subject)).toBe(true);
    expect([...subject].length).toBeLessThanOrEqual(100);
  });

  it("keeps every character of its text", () => {
    const text = 'quotes " \' ` $(rm) \\ {"a":1}\n---\nfrom: mallory\n\ttab \u001b[31m é 😀';
    expect(changeOf(announce(text)).result.message.body).toBe(text);
  });
});
