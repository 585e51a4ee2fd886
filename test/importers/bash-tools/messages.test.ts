import { describe, expect, it } from "vitest";
import { Message } from "../../../src/domain/messages/message.ts";
import { translate } from "../../../src/importers/bash-tools/translate.ts";

const BROADCAST = "messages/broadcast/2025-11-15_09-54-11-a-1.json";

function file(path: string, content: unknown) {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return { path, bytes: new TextEncoder().encode(text) };
}

/** A broadcast as the old tools wrote it. */
function said(fields: Record<string, unknown> = {}) {
  const message = {
    from: "a-1",
    to: "broadcast",
    timestamp: "2025-11-15T17:54:11Z",
    subject: "Hi",
    message: "I am here",
  };
  return { ...message, ...fields };
}

function one(fields: Record<string, unknown>, path = BROADCAST) {
  return translate([file(path, said(fields))]).messages[0];
}

describe("translating messages", () => {
  it("translates a broadcast", () => {
    expect(translate([file(BROADCAST, said())]).messages).toEqual([
      {
        id: expect.stringMatching(/^01KA4AEDDR[0-9A-Z]{16}$/),
        from: "a-1",
        to: "all",
        priority: "normal",
        sent_at: "2025-11-15T17:54:11Z",
        subject: "Hi",
        body: "I am here",
      },
    ]);
  });

  it.each([
    ["a session's folder", "messages/direct/b-2/x.json", "b-2", "b-2", undefined],
    ["a topic's folder", "messages/direct/consensus/x.json", "consensus", "consensus", undefined],
    ["a folder that is no id", "messages/direct/Team 7/x.json", "Team 7", "team-7", undefined],
    ["a folder that its text contradicts", "messages/direct/b-2/x.json", "c-3", "b-2", "c-3"],
    ["the broadcasts", BROADCAST, "c-3", "all", "c-3"],
    ["the broadcasts, for everyone", BROADCAST, "All sessions", "all", undefined],
  ])("addresses a message in %s by where it lies", (_, path, written, to, kept) => {
    const message = one({ to: written }, path);
    expect([message?.to, message?.seed_to]).toEqual([to, kept]);
  });

  it.each([
    ["high", "high", undefined],
    ["⚠️ HIGH", "high", "⚠️ HIGH"],
    ["🚨 urgent, not normal", "urgent", "🚨 urgent, not normal"],
    ["🎯 CONSENSUS NEEDED", "normal", "🎯 CONSENSUS NEEDED"],
  ])("reads the priority %j as %s and keeps words the hub does not have", (written, priority, kept) => {
    const message = one({ priority: written });
    expect([message?.priority, message?.seed_priority]).toEqual([priority, kept]);
  });

  it("keeps unknown keys under their names, and keys of the hub's format under other names", () => {
    expect(one({ type: "alert", id: 7, body: { a: 1 }, thread: { root: [1] }, "<<": "x" })).toMatchObject({
      type: "alert",
      seed_id: 7,
      seed_body: { a: 1 },
      thread: { root: [1] },
      "seed_<<": "x",
    });
  });

  it("lists salvaged files, with the complete text and the bytes", () => {
    const text = '\nATTENTION:\n\n1. say "here"\n2. now\\!\n';
    const broken = file(
      BROADCAST,
      `{"from": "a-1", "timestamp": "2025-11-15T17:54:11Z", "message": "${text}"}`,
    );
    const { messages, salvaged, originals } = translate([broken]);
    expect(messages).toMatchObject([{ from: "a-1", sent_at: "2025-11-15T17:54:11Z", body: text }]);
    expect(salvaged).toEqual([{ path: BROADCAST, reason: expect.stringContaining("not valid JSON") }]);
    expect(originals).toEqual([
      {
        path: expect.stringMatching(
          /^coordination\/ARCHIVE\/IMPORT\/[0-9a-f]{16}-2025-11-15_09-54-11-a-1\.json$/,
        ),
        text: new TextDecoder().decode(broken.bytes),
      },
    ]);
  });

  it("moves a text pasted into the subject to the body, where readers expect it", () => {
    const subject = "🎯 CONSENSUS\n\nVOTE: yes or no";
    expect(one({ subject, message: "" })).toMatchObject({
      subject: "🎯 CONSENSUS VOTE: yes or no",
      body: subject,
    });
    expect(one({ subject: "Just this", message: "" })).toEqual(
      expect.not.objectContaining({ subject: expect.anything() }),
    );
  });

  it("writes the hub's line ends, and marks characters that cannot be kept", () => {
    const { messages, salvaged } = translate([
      file(BROADCAST, said({ message: "one\r\ntwo\rthree\u0000\ud800" })),
    ]);
    expect(messages).toMatchObject([{ body: "one\ntwo\nthree\ufffd\ufffd" }]);
    expect(salvaged).toHaveLength(1);
  });

  it.each([
    ["the file's name", BROADCAST, "2025-11-15T09:54:11Z", "file name"],
    ["the newest time in the directory", "messages/broadcast/x.json", "2025-11-16T00:00:00Z", "unknown"],
  ])("takes the time of a message without one from %s, and says so", (_, path, sentAt, flag) => {
    const other = file("HEARTBEATS/b-2.json", { session_id: "b-2", last_heartbeat: "2025-11-16T00:00:00Z" });
    const { messages } = translate([file(path, said({ timestamp: "$(date -u)" })), other]);
    expect(messages).toMatchObject([{ sent_at: sentAt, seed_time: flag, seed_timestamp: "$(date -u)" }]);
  });

  it.each([
    ["the file's name", BROADCAST, "a-1"],
    ["nobody", "messages/broadcast/x.json", "unknown"],
  ])("takes the sender of a message without one from %s", (_, path, from) => {
    expect(one({ from: "" }, path)).toMatchObject({ from });
  });

  it("gives two messages of one second different ids, the same every time", () => {
    const files = [
      file("messages/broadcast/x.json", said()),
      file("messages/broadcast/y.json", said({ message: "Other" })),
    ];
    const ids = translate(files).messages.map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
    expect(translate([...files].reverse()).messages.map(({ id }) => id)).toEqual(ids);
  });

  it("imports a broadcast in a file and on the board as one message, with the data of both", () => {
    const board =
      "---\n\n**From:** a-1\n**Time:** 2025-11-15 17:54:11 UTC\n**Priority:** ⚠️ high\n**Subject:** Hi\n\nI am here\n\n";
    const { messages } = translate([file(BROADCAST, said({ type: "alert" })), file("MESSAGES.md", board)]);
    expect(messages).toMatchObject([{ body: "I am here", priority: "high", type: "alert" }]);
    expect(messages).toHaveLength(1);
  });

  it("ignores blank lines around the text when it compares copies", () => {
    const files = [
      file("messages/broadcast/x.json", said()),
      file("messages/broadcast/y.json", said({ message: "\nI am here\n" })),
    ];
    expect(translate(files).messages).toHaveLength(1);
  });

  it("notes a copy that differs outside its content", () => {
    const files = [
      file("messages/broadcast/x.json", said({ type: "a" })),
      file("messages/broadcast/y.json", said({ type: "b" })),
    ];
    const { messages, salvaged } = translate(files);
    expect(messages).toMatchObject([{ type: "a" }]);
    expect(salvaged).toMatchObject([{ path: "messages/broadcast/y.json" }]);
  });

  it.each([
    ["All sessions (1, 2, 4+)", "all", "All sessions (1, 2, 4+)"],
    ["all", "all", undefined],
    ["b-2", "b-2", undefined],
    ["Session 9 (known)", "session-9-known", "Session 9 (known)"],
    ["whoever reads this", "all", "whoever reads this"],
  ])("addresses a message on the board to %j as %s", (to, expected, kept) => {
    const { messages } = translate([
      file("MESSAGES.md", `---\n\n**From:** a-1\n**To:** ${to}\n\nHello\n`),
      file("REGISTRY.json", { sessions: { "Session 9 (known)": {} } }),
    ]);
    expect(messages).toMatchObject([{ to: expected }]);
    expect(messages[0]?.seed_to).toBe(kept);
  });

  it("reads the sender's name and the time from one field", () => {
    const board = "---\n\n**From:** Current Session (2025-11-15 21:30 UTC)\n\nHello\n";
    expect(translate([file("MESSAGES.md", board)]).messages).toMatchObject([
      { from: "current-session", seed_from: "Current Session", sent_at: "2025-11-15T21:30:00Z" },
    ]);
  });

  it("keeps the complete board besides its messages", () => {
    const board = file("MESSAGES.md", "# Our board\n\nDo not delete\n");
    const { read, originals, salvaged } = translate([board]);
    expect([read, salvaged]).toEqual([["MESSAGES.md"], []]);
    expect(originals).toMatchObject([{ text: "# Our board\n\nDo not delete\n" }]);
  });

  it.each([
    ["a text", { message: "🚀".repeat(40_000) }],
    ["a subject", { subject: "s".repeat(5000) }],
    ["unknown keys", { more: "m".repeat(100_000) }],
    ["a nested value", { more: [[[[[[[1]]]]]]] }],
    ["a sender", { from: "f".repeat(50_000) }],
  ])("shortens what is too long or deep, %s, says so and keeps the bytes", (_, fields) => {
    const { messages, salvaged, originals } = translate([file(BROADCAST, said(fields))]);
    expect(messages.map((message) => Message.safeParse(message).success)).toEqual([true]);
    expect(messages[0]?.body.isWellFormed()).toBe(true);
    expect([salvaged.length, originals.length]).toEqual([1, 1]);
  });

  it.each([
    ["no text at all", said({ subject: " ", message: "" })],
    ["a list", []],
    ["a word", '"hello"'],
  ])("rejects a file with %s and keeps its bytes", (_, content) => {
    const { rejected, originals } = translate([file(BROADCAST, content)]);
    expect([rejected.length, originals.length]).toEqual([1, 1]);
  });
});
