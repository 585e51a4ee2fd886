import { describe, expect, it } from "vitest";
import type { Hive } from "../../../src/app/hive/hive.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { openHttpHub } from "../../support/http-hub.ts";
import { askForHelp, hubWith, say, sessionId } from "../../support/hub-with.ts";
import { Machine } from "../../support/processes.ts";

const SESSIONS = Array.from({ length: 8 }, (_, index) => `session-${index + 1}`);
const [ONE = "", TWO = "", THREE = ""] = SESSIONS;

/** A hub behind HTTP, and a host that opens it as each of its processes would. */
async function setUp() {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, ...SESSIONS);
  const http = await openHttpHub(sandbox);
  const open = () => sandbox.hive(http.url());
  const hive = await open();
  await hive.read([]);
  const start = (await sandbox.history(hub)).length;
  const added = async () => (await sandbox.history(hub)).slice(start);
  return { sandbox, hub, http, hive, open, added };
}
type Scene = Awaited<ReturnType<typeof setUp>>;

/** Runs a function while another process's push is on its way, so that its operations wait for the next push. */
async function behindOne<Value>({ http, hive }: Scene, act: () => Promise<Value>): Promise<Value> {
  let acting: Promise<Value> | undefined;
  const sent = new Promise<void>((resolve) => {
    http.beforePush = async () => {
      acting = act();
      // By the time the hub answers, all operations are stored: the test counts the stored ones.
      while ((await hive.outbox.list()).waiting.length < 1 + SESSIONS.length) await new Promise(setImmediate);
      resolve();
    };
  });
  await say(hive, ONE, "first");
  await sent;
  if (acting === undefined) throw new Error("nothing was pushed");
  return acting;
}

describe("the operations of eight sessions of a host while a push is on its way", () => {
  it("are sent with one push, in one commit each, by their own authors", async () => {
    const scene = await setUp();
    const sent = await behindOne(scene, () =>
      Promise.all(SESSIONS.map(async (session) => say(await scene.open(), session, `by ${session}`))),
    );
    const landed = (await scene.added()).slice(1);
    expect(scene.http.pushes).toBe(2);
    expect(landed.map(({ author, subject }) => `${author} ${subject}`).sort()).toEqual(
      SESSIONS.map((session) => `${session} broadcast ${session}: by ${session}`),
    );
    for (const [index, each] of sent.entries())
      expect(each).toMatchObject({
        kind: "landed",
        commit: landed.find(({ op }) => op === each.op)?.commit,
        result: { message: { from: SESSIONS[index] } },
      });
  });

  it("keep the order of each session", async () => {
    const scene = await setUp();
    const texts = ["1", "2", "3", "4"];
    await behindOne(scene, () =>
      Promise.all(texts.flatMap((text) => [ONE, TWO].map((session) => say(scene.hive, session, text)))),
    );
    for (const session of [ONE, TWO]) {
      const own = (await scene.added()).filter(({ subject }) => subject.startsWith(`broadcast ${session}: `));
      expect(own.map(({ subject }) => subject.at(-1)).filter((text) => text !== "t")).toEqual(texts);
    }
  });

  it("are each refused on their own, and the others land", async () => {
    const scene = await setUp();
    const ends = await behindOne(scene, () =>
      Promise.all(
        SESSIONS.map(async (session, index) =>
          say(await scene.open(), index % 2 === 0 ? session : `no-${index}`, "x"),
        ),
      ),
    );
    expect(ends.map(({ kind }) => kind)).toEqual(
      SESSIONS.map((_, index) => (index % 2 === 0 ? "landed" : "refusal")),
    );
    expect(ends.flatMap((end) => ("message" in end ? [/no-\d/.exec(end.message)?.[0]] : []))).toEqual([
      "no-1",
      "no-3",
      "no-5",
      "no-7",
    ]);
    expect(await scene.hive.outbox.list()).toEqual({ waiting: [], broken: [] });
  });

  it("accept a request once, and the refusals of the others name the session that has it", async () => {
    const scene = await setUp();
    const request = await askForHelp(scene.hive, TWO, ONE);
    const ends = await behindOne(scene, () =>
      Promise.all(
        SESSIONS.map(async () => (await scene.open()).submit("accept", { request }, sessionId(ONE))),
      ),
    );
    const refused = ends.filter(({ kind }) => kind === "refusal");
    expect(refused).toHaveLength(7);
    for (const each of refused)
      expect(each).toMatchObject({
        code: "illegal_move",
        message: expect.stringContaining("accepted, by session-1"),
      });
    expect((await scene.added()).filter(({ kind }) => kind === "accept")).toHaveLength(1);
  });
});

it("twelve processes of one machine at once each land their own operation, and each learn that it landed", async () => {
  const { sandbox, hub, http, added } = await setUp();
  const machine = new Machine(sandbox, "m");
  const names = Array.from({ length: 12 }, (_, index) => `text ${index}`);
  const told = await Promise.all(
    names.map((text, index) =>
      machine.json<{ op: string; commit: string; result: { message: { body: string } } }>(
        ...["broadcast", text, "--as", SESSIONS[index % 3] ?? "", "--hub", http.url()],
      ),
    ),
  );
  const landed = await added();
  expect(landed.map(({ op }) => op).sort()).toEqual(told.map(({ op }) => op).sort());
  expect(new Set(told.map(({ op }) => op)).size).toBe(12);
  expect(told.map(({ result }) => result.message.body)).toEqual(names);
  for (const { op, commit } of told) expect(landed.find((entry) => entry.op === op)?.commit).toBe(commit);
  expect(http.pushes).toBeLessThanOrEqual(12);
  await sandbox.fsck(hub);
});

describe("heartbeats", () => {
  const beat = (hive: Hive, session: string, input = {}) =>
    hive.submit("heartbeat", input, sessionId(session));

  /** A host that has just pushed, a minute later. */
  async function afterPush() {
    const scene = await setUp();
    await say(scene.hive, THREE, "first");
    scene.sandbox.clock.now += 70_000;
    scene.http.pushes = 0;
    return scene;
  }

  it("within the window after a push are kept, sent with the next push in one commit, and all in the log", async () => {
    const { hive, http, added, open } = await afterPush();
    const kept = [await beat(hive, ONE), await beat(await open(), TWO)];
    expect(kept).toMatchObject([
      { kind: "kept", result: { throttled: false, heartbeat: { session_id: ONE } } },
      { kind: "kept", result: { heartbeat: { session_id: TWO } } },
    ]);
    expect((await hive.outbox.list()).waiting.map(({ state }) => state)).toEqual(["riding", "riding"]);
    expect(await hive.outbox.count()).toEqual({ unsent: 0, refused: 0 });
    await hive.read([]);
    expect(http.pushes).toBe(0);

    const sent = await say(hive, THREE, "second");

    expect(http.pushes).toBe(1);
    const ops = kept.map(({ op }) => op);
    expect((await added()).slice(1).map(({ op, author }) => [op, author])).toEqual([
      [ops.join(" "), ONE],
      [sent.op, THREE],
    ]);
    const { entries } = await hive.history.entries([]);
    expect(
      entries
        .slice(0, 3)
        .map(({ op, session }) => [op, session])
        .sort(),
    ).toEqual(
      [
        [ops[0], ONE],
        [ops[1], TWO],
        [sent.op, THREE],
      ].sort(),
    );
    expect((await hive.outbox.list()).waiting).toEqual([]);
  });

  it("with news are sent at once, together with those that were kept", async () => {
    const { hive, http, added } = await afterPush();
    await beat(hive, ONE);
    expect(await beat(hive, TWO, { work: "Review" })).toMatchObject({ kind: "landed" });
    expect([http.pushes, (await added()).length]).toEqual([1, 3]);
  });

  it.each([
    ["left", (hive: Hive) => hive.submit("leave", {}, sessionId(ONE))],
    ["said that it is offline", (hive: Hive) => beat(hive, ONE, { status: "offline" })],
    [
      "paused until now",
      (hive: Hive) => beat(hive, ONE, { status: "paused", until: "2026-01-31T12:02:10Z" }),
    ],
  ])("of a session that %s are sent at once, because it is back", async (_, goAway) => {
    const { sandbox, hive, http } = await afterPush();
    await goAway(hive);
    sandbox.clock.now += 60_000;
    http.pushes = 0;
    expect(await beat(hive, ONE)).toMatchObject({
      kind: "landed",
      result: { heartbeat: { status: "active" } },
    });
    expect(http.pushes).toBe(1);
    expect(await beat(hive, TWO)).toMatchObject({ kind: "kept" });
  });

  it("after the window are pushed, also by a command that only reads", async () => {
    const { sandbox, hive, http, added } = await afterPush();
    await beat(hive, ONE);
    sandbox.clock.now += 60_000;
    await hive.read([]);
    expect([http.pushes, (await added()).length]).toEqual([1, 2]);
    sandbox.clock.now += 121_000;
    expect(await beat(hive, TWO)).toMatchObject({ kind: "landed" });
    expect([http.pushes, (await added()).length]).toEqual([2, 3]);
  });

  it("that repeat a recent one write nothing", async () => {
    const { hive, http } = await afterPush();
    await beat(hive, ONE);
    const again = await beat(hive, ONE);
    expect(again.kind === "kept" || again.kind === "landed").toBe(true);
    await say(hive, THREE, "second");
    expect([
      http.pushes,
      (await hive.history.entries([])).entries.filter(({ kind }) => kind === "heartbeat").length,
    ]).toEqual([1, 1]);
  });

  it("land at once when no push is needed", async () => {
    const { sandbox, hub } = await afterPush();
    const local = await sandbox.hive(hub, sandbox.host("local"));
    expect(await beat(local, ONE)).toMatchObject({
      kind: "landed",
      commit: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
  });
});
