import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Console, errorOf } from "../support/console.ts";
import { openSandbox } from "../support/git-sandbox.ts";
import { hubWith } from "../support/hub-with.ts";
import type { Sandbox } from "../support/sandbox.ts";

interface Inbox {
  messages: { id: string; body: string }[];
  requests: object[];
  unanswered: { id: string }[];
  unread: number;
  more: { count: number; by: object[] };
}

async function open(sandbox: Sandbox = openSandbox()) {
  const hub = await hubWith(sandbox, "session-1", "session-2", "session-3");
  const as = (session: string) =>
    new Console(sandbox).with({ env: { HIVE_HUB: hub, HIVE_SESSION: session } });
  return { sandbox, hub, one: as("session-1"), two: as("session-2"), three: as("session-3") };
}

async function unreadOf(session: Console, ...argv: string[]): Promise<string[]> {
  return (await session.json<Inbox>("inbox", ...argv)).messages.map(({ body }) => body);
}

/** Sends a message and returns its id. */
async function sent(by: Console, ...argv: string[]): Promise<string> {
  return (await by.print("-q", ...argv)).trim();
}

describe("a conversation of two sessions", () => {
  it("has a question, an answer and an acknowledgement, and both sessions see its state", async () => {
    const { sandbox, one, two } = await open();
    const ask = await sent(one, "send", "session-2", "Which port?", "--intent", "ask", "--priority", "high");
    sandbox.clock.now += 60_000;
    const short = ask.slice(0, 10);
    expect(await two.print("inbox", "--mark-read")).toBe(
      `What other sessions wrote is unverified:\n${short}: session-1 asks you, high, 1m ago\n  | Which port?\n  Answer: hive reply ${short} "<text>"\n`,
    );
    expect(await two.print("inbox")).toBe(
      `What other sessions wrote is unverified:\n${short}: session-1 waits for your answer, asked 1m ago: Which port?\n`,
    );
    expect(await one.print("inbox")).toBe(
      `${short}: you asked session-2, no answer yet, 1m ago: Which port?\n`,
    );
    const answer = await sent(two, "reply", short.toLowerCase(), "8005");
    expect(await one.print("inbox", "--mark-read")).toBe(
      `What other sessions wrote is unverified:\n${answer.slice(0, 10)}: session-2 to you, normal, 0s ago, re ${short}\n  | 8005\n`,
    );
    expect((await two.json<Inbox>("inbox")).unanswered).toEqual([]);
    await one.print("reply", answer, "Thanks", "--ack");
    const { thread, messages } = await two.json<{ thread: string; messages: object[] }>("thread", answer);
    expect(thread).toBe(ask);
    expect(messages).toMatchObject([
      { id: ask, body: "Which port?" },
      { id: answer, body: "8005", reply_to: ask },
      { from: "session-1", to: "session-2", intent: "ack", reply_to: answer, thread: ask },
    ]);
    const ack = await two.run("reply", answer, "Thanks for the thanks", "--ack", "--json");
    expect(ack.code).toBe(0);
    const { message } = JSON.parse(ack.out).result;
    expect(await one.run("reply", message.id, "And you", "--ack")).toMatchObject({ code: 3 });
  });

  it("can start with a request, and is shown by the request's id", async () => {
    const { one, two } = await open();
    const request = await sent(one, "request", "session-2", "Need an API");
    await two.print("reply", request, "REST or not?", "--intent", "ask");
    expect(await unreadOf(one)).toEqual(["REST or not?"]);
    const { messages } = await one.json<Inbox>("thread", request);
    expect(messages.map(({ body }) => body)).toEqual(["Need an API", "REST or not?"]);
  });

  it("is found in the archive when it began long ago", async () => {
    const { sandbox, one, two } = await open();
    const first = await sent(one, "send", "session-2", "In the beginning");
    const request = await sent(one, "request", "session-2", "Need an API");
    const answer = await sent(two, "reply", request, "Soon");
    for (let day = 0; day < 3; day++) {
      sandbox.clock.now += 86_400_000;
      for (let each = 0; each < 70; each++) await one.run("--offline", "broadcast", `Noise ${day} ${each}`);
    }
    await one.print("sync");
    const { messages } = await two.json<Inbox>("thread", first);
    expect(messages.map(({ body }) => body)).toEqual(["In the beginning"]);
    for (const id of [request, answer.toLowerCase()]) {
      const later = await two.json<Inbox>("thread", id);
      expect(later.messages.map(({ body }) => body)).toEqual(["Need an API", "Soon"]);
    }
    expect(await two.run("thread", `${first.slice(0, -1)}${first.endsWith("0") ? 1 : 0}`)).toMatchObject({
      code: 3,
    });
    expect(await unreadOf(two, "--limit", "300")).not.toContain("In the beginning");
    expect(await two.json("search", "beginning")).toMatchObject({
      hits: [],
      looked: { messages: 200, all: false },
    });
    expect(await two.json("search", "--all", "beginning")).toMatchObject({
      hits: [{ id: first, excerpt: "In the beginning" }],
      looked: { messages: 213, all: true },
    });
  });
});

describe("a topic", () => {
  it("reaches its followers, and its author gets the answers, until it is muted", async () => {
    const { sandbox, one, two, three } = await open();
    await two.print("follow", "deploy");
    const first = await sent(one, "send", "deploy", "Staging is down");
    expect(await unreadOf(two)).toEqual(["Staging is down"]);
    expect(await unreadOf(three)).toEqual([]);
    sandbox.clock.now += 1000;
    await two.print("reply", first, "On it");
    expect(await unreadOf(one)).toEqual(["On it"]);
    await three.print("follow", first.slice(0, 10));
    expect(await unreadOf(three)).toEqual(["Staging is down", "On it"]);
    await three.print("mute", "session-2");
    expect(await unreadOf(three)).toEqual(["Staging is down"]);
    await three.print("unmute", "session-2");
    await three.print("unfollow", first);
    expect(await unreadOf(three)).toEqual([]);
  });

  it("needs no # with --topic, and a typo is no topic", async () => {
    const { one } = await open();
    expect(await one.json("send", "--topic", "new", "Hello")).toMatchObject({
      result: { message: { to: "#new" } },
    });
    expect(await one.json("send", "#new", "Hello")).toMatchObject({ result: { message: { to: "#new" } } });
    const slip = await one.run("--json", "send", "sesion-2", "Hello");
    expect(slip.code).toBe(3);
    expect(errorOf(slip)).toMatchObject({ code: "unknown_recipient" });
  });
});

describe("an inbox", () => {
  it("shows messages again until they are marked, and only once with --mark-read", async () => {
    const { one, two } = await open();
    await one.print("broadcast", "First");
    expect(await unreadOf(two)).toEqual(["First"]);
    expect(await two.print("inbox")).toContain(
      "\nSome messages were shown before. To mark them as read: hive inbox --mark-read\n",
    );
    await one.print("broadcast", "Second");
    expect(await unreadOf(two, "--mark-read")).toEqual(["First", "Second"]);
    expect(await two.json("inbox")).toMatchObject({ messages: [], unread: 0 });
    expect(await two.print("inbox")).toBe("Nothing new for session-2. Read messages too: hive inbox --all\n");
    expect(await unreadOf(two, "--all")).toEqual(["Second", "First"]);
  });

  it("marks only the shown messages", async () => {
    const { one, two } = await open();
    for (const text of ["First", "Second", "Third"]) await one.print("send", "session-2", text);
    expect(await two.json("inbox", "--limit", "2", "--mark-read")).toMatchObject({
      messages: [{ body: "First" }, { body: "Second" }],
      unread: 3,
      more: { count: 1, by: [{ from: "session-1", priority: "normal", count: 1 }] },
    });
    expect(await unreadOf(two, "--mark-read")).toEqual(["Third"]);
  });

  it("is separate for each session, also on one host", async () => {
    const { one, two, three } = await open();
    await one.print("broadcast", "Hello");
    await two.print("inbox", "--mark-read");
    expect(await unreadOf(three)).toEqual(["Hello"]);
  });

  it("starts with urgent messages, keeps to its budget, and counts the rest", async () => {
    const { sandbox, one, two, three } = await open();
    for (let each = 0; each < 12; each++) {
      sandbox.clock.now += 1000;
      await one.print("send", "session-2", `${each} ${"word ".repeat(50)}`);
    }
    await three.print("send", "session-2", "The house is on fire", "--priority", "urgent");
    const out = await two.print("inbox", "--mark-read");
    expect(out).toMatch(/^What other sessions wrote is unverified:\n01K\w+: session-3 to you, urgent/);
    expect(out).toMatch(/\nand 6 more: 6 from session-1\nSee them: hive inbox --limit 13 --budget \d+\n$/);
    expect(Buffer.byteLength(out)).toBeLessThan(2200);
    const seen = [...out.matchAll(/\| (\d+) word/g)].map(([, number]) => number);
    const left = (await unreadOf(two)).map((text) => text.split(" ")[0]);
    expect([...seen, ...left]).toEqual(Array.from({ length: 12 }, (_, number) => String(number)));
  });

  it("cuts a message that is longer than the budget, says so, and continues with the next", async () => {
    const { one, two } = await open();
    const id = await sent(one, "send", "session-2", "x".repeat(10_000));
    await one.print("send", "session-2", "Short");
    const out = await two.print("inbox", "--mark-read", "--budget", "500");
    expect(out).toContain(`bytes; all of it: hive thread ${id}]`);
    expect(out).toContain("and 1 more: 1 from session-1");
    expect(await two.print("thread", id)).toContain("x".repeat(10_000));
    expect(await unreadOf(two)).toEqual(["Short"]);
  });

  it("leaves bytes for new messages beside requests", async () => {
    const { one, two } = await open();
    for (let each = 0; each < 4; each++) await one.print("request", "session-2", "Please ".repeat(100));
    await one.print("broadcast", "News");
    const out = await two.print("inbox");
    expect(out).toMatch(
      /\nand 3 more requests: collab-\S+, collab-\S+, collab-\S+\nSee them: hive inbox --budget \d+\n/,
    );
    expect(out).toContain("  | News");
    expect((await two.json<Inbox>("inbox")).requests).toHaveLength(4);
  });

  it("shows all messages as unread where this host's marks are broken", async () => {
    const { sandbox, one, two } = await open();
    await one.print("broadcast", "Hello");
    await two.print("inbox", "--mark-read");
    const hubs = sandbox.folder("hosts", "a", "tools");
    const file = readdirSync(hubs, { recursive: true, encoding: "utf8" }).find((path) =>
      path.endsWith("read/session-2.json"),
    );
    writeFileSync(join(hubs, file ?? ""), '{"seen":');
    expect(await unreadOf(two)).toEqual(["Hello"]);
  });

  it("writes nothing to the hub", async () => {
    const { sandbox, hub, one, two } = await open();
    await one.print("broadcast", "Hello");
    const before = await sandbox.git(hub, "rev-parse", "main");
    await two.print("inbox", "--mark-read");
    expect(await sandbox.git(hub, "rev-parse", "main")).toBe(before);
    expect(await sandbox.git(hub, "for-each-ref", "refs/hive/outbox")).toBe("");
  });
});

describe("a wrong call", () => {
  it.each([
    [["send", "session-2", "Hi", "--intent", "shout"], 2],
    [["send", "session-2", "Hi", "--priority", "top"], 2],
    [["send", "../x", "Hi"], 2],
    [["send", "session-2", " "], 2],
    [["send", "session-1", "Hi"], 3],
    [["reply", "01KG9M2V00", "Hi", "--ack", "--intent", "ask"], 2],
    [["reply", "01KG9M2V00", "Hi"], 3],
    [["follow", "No Topic"], 2],
    [["inbox", "--budget", "much"], 2],
    [["search", "the"], 2],
  ])("%j ends with %i", async (argv, code) => {
    const { one } = await open();
    expect(await one.run(...argv)).toMatchObject({ code, out: "" });
  });
});
