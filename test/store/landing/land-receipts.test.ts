import { describe, expect, it } from "vitest";
import { isRead } from "../../../src/domain/inbox/read-cursor.ts";
import { NO_MARKS, show } from "../../../src/domain/inbox/read-marks.ts";
import { renderBoard } from "../../../src/domain/messages/board.ts";
import { encodeMessage } from "../../../src/domain/messages/write.ts";
import type { ReadCursor } from "../../../src/domain/sessions/session.ts";
import { Ulid } from "../../../src/domain/values/ids.ts";
import { parseTarget } from "../../../src/store/validation/revisions.ts";
import { aMessage } from "../../support/builders.ts";
import { Console } from "../../support/console.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { commitByHand } from "../../support/hand-commit.ts";
import { ONE, openHelping, overtaken, TWO } from "../../support/helping.ts";
import { hubWith, say, sessionId } from "../../support/hub-with.ts";

/** Two sessions on two hosts of one hub. */
async function open() {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, "session-1", "session-2");
  const on = (host: string, session: string) => {
    const { env } = sandbox.host(host);
    const HIVE_STATE_DIR = env.HIVE_STATE_DIR ?? "";
    return new Console(sandbox).with({
      env: { HIVE_HUB: `file://${hub}`, HIVE_SESSION: session, HIVE_STATE_DIR },
    });
  };
  const receipt = async (session: string): Promise<ReadCursor | undefined> => {
    const text = await sandbox.git(hub, "show", `main:coordination/SESSIONS/${session}.json`);
    return JSON.parse(text).read;
  };
  const start = await sandbox.git(hub, "rev-parse", "main");
  const added = async () => (await sandbox.history(hub)).slice(3);
  const tellTwo = async () =>
    Ulid.parse((await on("a", "session-1").print("-q", "send", "session-2", "Hello")).trim());
  const findings = async () => {
    const hive = await sandbox.hive(hub, sandbox.host("judge"));
    return (await hive.validate(parseTarget(`${start}..`))).findings;
  };
  return { sandbox, hub, on, receipt, added, tellTwo, findings };
}

describe("the receipt of a message", () => {
  it("makes no commit of its own, and is in the hub with the session's next write", async () => {
    const { on, receipt, added, tellTwo, findings } = await open();
    const id = await tellTwo();
    const two = on("b", "session-2");
    await two.print("inbox");
    expect(await receipt("session-2")).toBeUndefined();
    expect(await added()).toHaveLength(1);
    await on("c", "session-1").print("broadcast", "Something else");
    expect(await receipt("session-2")).toBeUndefined();
    await two.print("broadcast", "Hello to all");
    expect((await added()).map(({ kind }) => kind)).toEqual(["send", "broadcast", "broadcast"]);
    const read = await receipt("session-2");
    expect(read && isRead(read, id)).toBe(true);
    expect(await receipt("session-1")).toBeUndefined();
    expect(await findings()).toEqual([]);
  });

  it("does not cover messages that the inbox had no room for", async () => {
    const { on, receipt, tellTwo } = await open();
    const [first, second] = [await tellTwo(), await tellTwo()];
    await on("b", "session-2").print("inbox", "--limit", "1");
    await on("b", "session-2").print("broadcast", "Hello to all");
    const read = await receipt("session-2");
    expect(read && [first, second].map((id) => isRead(read, id))).toEqual([true, false]);
  });

  it("is read on another host too, once the hub knows", async () => {
    const { on, tellTwo } = await open();
    await tellTwo();
    await on("b", "session-2").print("inbox");
    const elsewhere = on("c", "session-2");
    expect(await elsewhere.json("inbox")).toMatchObject({ messages: [{ body: "Hello" }] });
    await on("b", "session-2").print("broadcast", "Hello to all");
    expect(await on("d", "session-2").json("inbox")).toMatchObject({ messages: [], unread: 0 });
    expect(await on("b", "session-2").json("inbox")).toMatchObject({
      messages: [{ body: "Hello" }],
      unread: 1,
    });
  });

  it("is sent with a heartbeat, and heartbeats still share a commit", async () => {
    const { sandbox, on, receipt, added, tellTwo, findings } = await open();
    const id = await tellTwo();
    await on("b", "session-2").print("inbox");
    sandbox.clock.now += 3_600_000;
    for (const session of ["session-1", "session-2"]) await on("b", session).run("--offline", "heartbeat");
    await on("b", "session-2").print("sync");
    const last = (await added()).at(-1);
    expect(last).toMatchObject({ kind: "heartbeat", session: "session-1 session-2" });
    const read = await receipt("session-2");
    expect(read && isRead(read, id)).toBe(true);
    expect(await findings()).toEqual([]);
  });

  it("is landed by another host together with its write, decided as on its own host", async () => {
    const scene = await openHelping();
    const { sandbox, hub, connect, others } = scene;
    const id = Ulid.parse("01KG9M2V0000000000000000AA");
    (await connect("a")).marks.save(sessionId(ONE), show(NO_MARKS, [id], [id], false));
    const winner = await connect("b");
    await winner.read([]);
    let published: string[] = [];
    const { sent } = await overtaken(scene, 2, async () => {
      published = await others.firstNames();
      await say(winner, TWO, "winner");
    });
    expect([sent.kind, published.length]).toEqual(["landed", 1]);
    const profile = await sandbox.git(hub, "show", `main:coordination/SESSIONS/${ONE}.json`);
    expect(JSON.parse(profile).read).toEqual(show(NO_MARKS, [id], [id], false).seen);
    const { findings } = await (await connect("judge", hub)).validate(parseTarget("HEAD~4.."));
    expect(findings).toEqual([]);
  });

  it("from two hosts is combined in the hub", async () => {
    const { on, receipt, tellTwo } = await open();
    const first = await tellTwo();
    await on("b", "session-2").print("inbox", "--mark-read");
    await on("b", "session-2").print("broadcast", "From b");
    const second = await tellTwo();
    await on("c", "session-2").print("inbox", "--mark-read");
    await on("c", "session-2").print("broadcast", "From c");
    const read = await receipt("session-2");
    expect(read && [first, second].every((id) => isRead(read, id))).toBe(true);
  });

  it("waits with its write, and lands with it", async () => {
    const { on, receipt, tellTwo } = await open();
    const id = await tellTwo();
    const two = on("b", "session-2");
    await two.print("inbox");
    expect(await two.run("--offline", "broadcast", "Later")).toMatchObject({ code: 4 });
    await two.print("sync");
    const read = await receipt("session-2");
    expect(read && isRead(read, id)).toBe(true);
  });
});

describe("the messages that a session has seen, follows and mutes", () => {
  it("are written by the session itself, as the rules say", async () => {
    const { sandbox, hub, findings } = await open();
    const hive = await sandbox.hive(hub);
    const [one, two] = [sessionId("session-1"), sessionId("session-2")];
    await hive.submit("follow", { target: "#deploy", off: false }, one);
    await hive.submit("mute", { target: "session-1", off: false }, two);
    const input = { to: "#deploy", text: "Up?", intent: "ask", priority: "normal" } as const;
    const sent = await hive.submit("send", input, two);
    await hive.submit("reply", { message: sent.op, text: "Yes", intent: "inform" }, one);
    await hive.submit("mute", { target: sent.op, off: false }, one);
    expect(await findings()).toEqual([]);
  });

  it.each([
    ["follows", ["#deploy"]],
    ["mutes", ["session-2"]],
    ["read", { until: "01KG9M2V0000000000000000AA", also: [] }],
  ])("are not written by another session: %s", async (key, value) => {
    const { sandbox, hub, findings } = await open();
    const path = "coordination/SESSIONS/session-1.json";
    const profile = JSON.parse(await sandbox.git(hub, "show", `main:${path}`));
    const content = JSON.stringify({ ...profile, [key]: value });
    await commitByHand(sandbox, hub, [{ path, content }], { author: "session-2" });
    expect(await findings()).toMatchObject([{ rule: "owner", path }]);
  });
});

it("a reply to a missing message is found by the rules", async () => {
  const { sandbox, hub, findings } = await open();
  const id = "01KG9M2V0000000000000000AA";
  const [reply_to, thread] = ["01KG9M2V0000000000000000BB", "01KG9M2V0000000000000000CC"];
  const message = aMessage({ id, to: "session-2", reply_to, thread });
  const files = [
    { path: `coordination/MESSAGES/2026/01/31/${id}.md`, content: encodeMessage(message) },
    { path: "coordination/MESSAGES.md", content: renderBoard([message]) },
  ];
  await commitByHand(sandbox, hub, files, { author: "session-1" });
  expect((await findings()).map(({ rule, message: text }) => `${rule}: ${text}`)).toEqual([
    `reference: reply_to is ${reply_to}; expected a message in MESSAGES/`,
    `reference: thread is ${thread}; expected a message in MESSAGES/`,
  ]);
});
