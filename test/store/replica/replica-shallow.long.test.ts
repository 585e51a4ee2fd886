import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { NOON } from "../../support/builders.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { openHttpHub } from "../../support/http-hub.ts";
import { hiveIn, leaveBehind, placeOf } from "../../support/hub-store.ts";
import { askForHelp, hubWith, say, sessionId } from "../../support/hub-with.ts";

const [ONE, TWO] = ["session-1", "session-2"];

/** A hub with some history, and a host that has just joined it. */
async function setUp(texts = 6) {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, ONE, TWO);
  const other = await sandbox.hive(hub, sandbox.host("other"));
  const request = await askForHelp(other, TWO, ONE);
  for (let index = 0; index < texts; index++) await say(other, TWO, `old ${index}`);
  const http = await openHttpHub(sandbox);
  const hive = await sandbox.hive(http.url());
  await hive.read([]);
  const store = await placeOf(sandbox, http.url());
  const { directory } = store.repository.git;
  const depth = async () => Number(await sandbox.git(directory, "rev-list", "--count", store.repository.tip));
  const isShallow = () => existsSync(join(directory, "shallow"));
  const timesOf = async (op: string) =>
    (await sandbox.history(hub)).filter((entry) => entry.op === op).length;
  return { sandbox, hub, other, request, http, hive, depth, isShallow, timesOf };
}

describe("a host that joins a hub", () => {
  it("gets only its newest commit, reads all of its state, and can write", async () => {
    const { sandbox, hub, hive, depth, isShallow } = await setUp();
    expect([await depth(), isShallow()]).toEqual([1, true]);
    const { state, findings } = await hive.read(["sessions", "messages", "collaborations"]);
    expect([state.sessions.size, state.messages.length, state.collaborations.size]).toEqual([2, 7, 1]);
    expect(findings).toEqual([]);
    const before = (await sandbox.history(hub)).length;
    expect(await say(hive, ONE, "new")).toMatchObject({ kind: "landed" });
    expect(await sandbox.history(hub)).toHaveLength(before + 1);
    expect([await depth(), isShallow()]).toEqual([2, true]);
    await sandbox.fsck(hub);
  });

  it("of one commit has the whole history", async () => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox);
    const hive = await sandbox.hive(`file://${hub}`);
    expect((await hive.history.entries([])).entries).toHaveLength(1);
    expect(await hive.submit("register", {}, sessionId(ONE))).toMatchObject({ kind: "landed" });
  });

  it.each([
    ["registers at once", false],
    ["sends what it queued before it knew the hub", true],
  ])("gets no more than the newest commit when it first %s", async (_, isQueued) => {
    const { sandbox, http } = await setUp();
    const world = sandbox.host("newcomer");
    if (isQueued) {
      const offline = await hiveIn(sandbox, http.url(), { isOffline: true }, world);
      await offline.submit("register", {}, sessionId("session-8"));
    }
    const hive = await sandbox.hive(http.url(), world);
    expect(await hive.submit("register", {}, sessionId("session-9"))).toMatchObject({ kind: "landed" });
    const { git, tip } = (await placeOf(sandbox, http.url(), world)).repository;
    expect(await sandbox.git(git.directory, "rev-list", "--count", tip)).toBe(isQueued ? "3" : "2");
    expect((await hive.read(["sessions"])).state.sessions.size).toBe(isQueued ? 4 : 3);
  });

  it("loses races and lands like any other host", async () => {
    const { http, hive, other, timesOf, isShallow } = await setUp();
    http.beforePush = () => say(other, TWO, "ahead");
    const { op } = await say(hive, ONE, "late");
    expect(await timesOf(op)).toBe(1);
    expect(isShallow()).toBe(true);
  });
});

describe("the log", () => {
  it("is as long as the hub's history when all of it is requested", async () => {
    const { sandbox, hub, hive, isShallow } = await setUp();
    const { entries } = await hive.history.entries([]);
    expect(entries.map(({ commit }) => commit).reverse()).toEqual(
      (await sandbox.history(hub)).map(({ commit }) => commit),
    );
    expect(isShallow()).toBe(false);
  });

  it("has the requested number of entries, each time", async () => {
    const { hive, sandbox, hub } = await setUp();
    const all = (await sandbox.history(hub)).map(({ commit }) => commit).reverse();
    for (const limit of [1, 3, 3, 5, 100]) {
      const { entries } = await hive.history.entries([], limit);
      expect(entries.map(({ commit }) => commit)).toEqual(all.slice(0, limit));
    }
  });

  it("of one request goes back to its beginning, however many commits came since", async () => {
    const { hive, request, other } = await setUp();
    await other.submit("accept", { request }, sessionId(ONE));
    const path = `coordination/ACTIVE/COLLABORATIONS/${request}.json`;
    const { entries } = await hive.history.entries([path], 3);
    expect(entries.map(({ kind }) => kind)).toEqual(["accept", "request"]);
  });

  it("has the entries that this host has while the hub is away, and reports that", async () => {
    const { sandbox, http, hive } = await setUp();
    http.status = 503;
    const { entries, outdated } = await hive.history.entries([]);
    expect([entries.length, outdated?.code]).toEqual([1, "unreachable"]);
    const offline = await hiveIn(sandbox, http.url(), { isOffline: true });
    expect((await offline.history.entries([])).entries).toHaveLength(1);
  });
});

describe("an operation with an unknown result", () => {
  it.each([true, false])(
    "is searched as far back as needed, and lands once (by a new host: %j)",
    async (isNew) => {
      const { sandbox, hub, http, other, timesOf } = await setUp();
      const since = await sandbox.git(hub, "rev-parse", "main");
      const { op } = await say(other, ONE, "mine");
      await say(other, TWO, "and another");
      const host = sandbox.host(isNew ? "newcomer" : "a");
      const store = await placeOf(sandbox, http.url(), host);
      await store.repository.refresh();
      const input = { text: "mine", priority: "normal" };
      leaveBehind(store, { op, kind: "broadcast", session: sessionId(ONE), at: NOON, input }, since);
      const hive = await sandbox.hive(http.url(), host);
      await hive.outbox.send();
      expect(await hive.outbox.count()).toEqual({ unsent: 0, refused: 0 });
      expect(await timesOf(op)).toBe(1);
      // Only a host without the whole history had to fetch the older part.
      expect(existsSync(join(store.repository.git.directory, "shallow"))).toBe(!isNew);
    },
  );

  it("lands once also when the branch was missing for a moment, and this host started again from its newest commit", async () => {
    const { sandbox, hub, http, hive, other, timesOf } = await setUp();
    http.dropAfter = 9;
    http.afterPush = () => {
      http.status = 503;
    };
    const { op, kind } = await say(hive, ONE, "mine");
    expect([kind, await timesOf(op)]).toEqual(["queued", 1]);
    await say(other, TWO, "and another");
    [http.dropAfter, http.status] = [0, undefined];

    await sandbox.git(hub, "branch", "-m", "main", "aside");
    await expect((await sandbox.hive(http.url())).read([])).rejects.toMatchObject({ code: "not_a_hub" });
    await sandbox.git(hub, "branch", "-m", "aside", "main");
    await hive.outbox.send();

    expect(await timesOf(op)).toBe(1);
    expect(await hive.outbox.count()).toEqual({ unsent: 0, refused: 0 });
  });
});
