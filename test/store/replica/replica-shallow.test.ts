import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { NOON } from "../../support/builders.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { openHttpHub } from "../../support/http-hub.ts";
import { askForHelp, hubWith, say, sessionId } from "../../support/hub-with.ts";
import { hiveIn, leaveBehind, placeOf } from "../../support/place.ts";

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
  const place = await placeOf(sandbox, http.url());
  const { directory } = place.repository.git;
  const depth = async () => Number(await sandbox.git(directory, "rev-list", "--count", place.repository.tip));
  const isShallow = () => existsSync(join(directory, "shallow"));
  const timesOf = async (op: string) =>
    (await sandbox.history(hub)).filter((entry) => entry.op === op).length;
  return { sandbox, hub, other, request, http, hive, depth, isShallow, timesOf };
}

describe("a host that joins a hub", () => {
  it("gets its newest commit alone, reads all of its state, and can write", async () => {
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

  it("of one commit has all of it", async () => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox);
    const hive = await sandbox.hive(`file://${hub}`);
    expect((await hive.history([])).entries).toHaveLength(1);
    expect(await hive.submit("register", {}, sessionId(ONE))).toMatchObject({ kind: "landed" });
  });

  it("loses races and lands like any other", async () => {
    const { http, hive, other, timesOf, isShallow } = await setUp();
    http.beforePush = () => say(other, TWO, "ahead");
    const { op } = await say(hive, ONE, "late");
    expect(await timesOf(op)).toBe(1);
    expect(isShallow()).toBe(true);
  });
});

describe("the log", () => {
  it("is as long as the hub's history when all of it is asked for", async () => {
    const { sandbox, hub, hive, isShallow } = await setUp();
    const { entries } = await hive.history([]);
    expect(entries.map(({ commit }) => commit).reverse()).toEqual(
      (await sandbox.history(hub)).map(({ commit }) => commit),
    );
    expect(isShallow()).toBe(false);
  });

  it("has as many entries as are asked for, as often as they are", async () => {
    const { hive, sandbox, hub } = await setUp();
    const all = (await sandbox.history(hub)).map(({ commit }) => commit).reverse();
    for (const limit of [1, 3, 3, 5, 100]) {
      const { entries } = await hive.history([], limit);
      expect(entries.map(({ commit }) => commit)).toEqual(all.slice(0, limit));
    }
  });

  it("of one request goes back to its beginning, however much was said since", async () => {
    const { hive, request, other } = await setUp();
    await other.submit("accept", { request }, sessionId(ONE));
    const path = `coordination/ACTIVE/COLLABORATIONS/${request}.json`;
    const { entries } = await hive.history([path], 3);
    expect(entries.map(({ kind }) => kind)).toEqual(["accept", "request"]);
  });

  it("goes as far as this host has it while the hub is away, and says so", async () => {
    const { sandbox, http, hive } = await setUp();
    http.status = 503;
    const { entries, outdated } = await hive.history([]);
    expect([entries.length, outdated?.code]).toEqual([1, "unreachable"]);
    const offline = await hiveIn(sandbox, http.url(), { isOffline: true });
    expect((await offline.history([])).entries).toHaveLength(1);
  });
});

describe("what this host does not know the end of", () => {
  it.each([true, false])(
    "is looked up as far back as it takes, and lands once (by a newcomer: %j)",
    async (isNew) => {
      const { sandbox, hub, http, other, timesOf } = await setUp();
      const since = await sandbox.git(hub, "rev-parse", "main");
      const { op } = await say(other, ONE, "mine");
      await say(other, TWO, "and another");
      const host = sandbox.host(isNew ? "newcomer" : "a");
      const place = await placeOf(sandbox, http.url(), host);
      await place.repository.refresh();
      const input = { text: "mine", priority: "normal" };
      leaveBehind(place, { op, kind: "broadcast", session: sessionId(ONE), at: NOON, input }, since);
      const hive = await sandbox.hive(http.url(), host);
      await hive.outbox.send();
      expect(await hive.outbox.count()).toEqual({ unsent: 0, refused: 0 });
      expect(await timesOf(op)).toBe(1);
      // Only one that did not have it from the beginning on had to fetch what was before.
      expect(existsSync(join(place.repository.git.directory, "shallow"))).toBe(!isNew);
    },
  );

  it("lands once also where the branch was away for a moment, and this host began anew with its newest commit", async () => {
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
