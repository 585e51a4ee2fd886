import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Operation } from "../../../src/domain/operation.ts";
import { commitByHand } from "../../support/hand-commit.ts";
import { type Helping, lookingHost, ONE, openHelping, overtaken, TWO } from "../../support/helping.ts";
import { placeOf } from "../../support/hub-store.ts";
import { say } from "../../support/hub-with.ts";
import { installHook } from "../../support/server-hook.ts";

const NO_POISON =
  'while read old new ref; do git log --format=%s "$new" --not --all | grep -q poison && exit 1; done; exit 0';

describe("an operation that a host published on the hub when its push was too late", () => {
  it("is landed by the next host that wins, in the name of its session, and its own host learns that", async () => {
    const scene = await openHelping();
    const { http, connect, added, others } = scene;
    const winner = await connect("b");
    await winner.read([]);
    let published: string[] = [];
    const { hive, sent } = await overtaken(scene, 2, async () => {
      published = await others.firstNames();
      await say(winner, TWO, "winner");
    });
    const landed = (await added()).filter(({ subject }) => subject === "broadcast session-1: mine");
    expect(landed).toMatchObject([{ op: sent.op, author: ONE, session: ONE }]);
    expect(sent).toMatchObject({
      kind: "landed",
      commit: landed[0]?.commit,
      result: { message: { id: sent.op, body: "mine" } },
    });
    expect([published.length, http.pushes]).toEqual([1, 3]);
    for (const text of ["next", "and next"]) await say(hive, ONE, text);
    expect(await others.names()).toEqual([]);
  });

  it("is landed by its own host when no other host came, and deleted from the hub with the next push", async () => {
    const scene = await openHelping();
    const { hive, sent } = await overtaken(scene, 3);
    expect(sent.kind).toBe("landed");
    expect(await scene.timesOf(sent.op)).toBe(1);
    await say(hive, ONE, "next");
    expect(await scene.others.names()).toEqual([]);
  });
});

describe("an operation that a host published on the hub and that was refused", () => {
  it("is never landed later, although the rules would allow it now", async () => {
    const scene = await openHelping();
    const { sandbox, hub, http, connect, others, paceOf } = scene;
    const [helper, traffic] = [await lookingHost(scene), await paceOf("a")];
    traffic.lost();
    traffic.save();
    const hive = await connect("a");
    await hive.read([]);
    const path = "coordination/SESSIONS/session-1.json";
    const profile = await sandbox.git(hub, "show", `main:${path}`);
    http.beforePush = () => commitByHand(sandbox, hub, [{ path }]);
    const refused = await say(hive, ONE, "refused");
    expect(refused).toMatchObject({ kind: "refusal", code: "not_registered" });
    expect(await others.names()).toEqual([]);
    expect((await scene.added()).at(-1)?.subject).toBe("refuse broadcast by session-1: not registered");

    await commitByHand(sandbox, hub, [{ path, content: `${profile}\n` }]);
    for (const text of ["one", "two"]) await say(helper, TWO, text);

    expect(await sandbox.git(hub, "show", "main:coordination/MESSAGES.md")).not.toContain("refused");
    expect(await scene.timesOf(refused.op)).toBe(0);
  });
});

describe("a waiting operation of another host", () => {
  it("is landed together with the own ones, in the order of ids, with its author", async () => {
    const scene = await openHelping();
    const hive = await lookingHost(scene);
    const waiting = [await scene.others.attempt("one"), await scene.others.attempt("two")];
    await scene.others.leave("x", waiting, await scene.others.tip());
    const { op } = await say(hive, ONE, "mine");
    const landed = (await scene.added()).slice(1);
    expect(landed.map((entry) => entry.op)).toEqual([op, ...waiting.map((each) => each.op)].sort());
    expect(landed.filter(({ author }) => author === TWO)).toHaveLength(2);
  });

  it.each<[string, (scene: Helping, before: string) => string | null]>([
    ["after the commit that its host knew", (_, before) => before],
    ["from the beginning, as its host knew none", () => null],
  ])(
    "that landed meanwhile is not landed again by a host with only the newest history: %s",
    async (_, sinceOf) => {
      const scene = await openHelping();
      const { others, connect } = scene;
      const before = await others.tip();
      const { op } = await say(await connect("a"), ONE, "old");
      const hive = await lookingHost(scene);
      await others.leave("x", [{ ...(await others.attempt("old", ONE)), op }], sinceOf(scene, before));
      await say(hive, ONE, "after");
      expect(await scene.timesOf(op)).toBe(1);
    },
  );

  it("that landed meanwhile is not landed again by a host that saw it", async () => {
    const scene = await openHelping();
    const { others, connect } = scene;
    const hive = await lookingHost(scene);
    const before = await others.tip();
    const { op } = await say(await connect("a"), ONE, "old");
    await others.leave("x", [{ ...(await others.attempt("old", ONE)), op }], before);
    for (const text of ["after", "and again"]) await say(hive, ONE, text);
    expect(await scene.timesOf(op)).toBe(1);
  });

  it("since an unknown commit is left to its host", async () => {
    const scene = await openHelping();
    const hive = await lookingHost(scene);
    const waiting = await scene.others.attempt("x");
    await scene.others.leave("x", [waiting], "1".repeat(40));
    await say(hive, ONE, "after");
    expect(await scene.timesOf(waiting.op)).toBe(0);
  });

  it.each(["twice in one place", "in two places"])("%s is landed once", async (where) => {
    const scene = await openHelping();
    const hive = await lookingHost(scene);
    const waiting = await scene.others.attempt("x");
    const tip = await scene.others.tip();
    await scene.others.leave("x", where === "in two places" ? [waiting] : [waiting, waiting], tip);
    if (where === "in two places") await scene.others.leave("y", [waiting], tip);
    await say(hive, ONE, "after");
    expect(await scene.timesOf(waiting.op)).toBe(1);
  });

  it("that is this host's own, published under an earlier host name, is landed once", async () => {
    const scene = await openHelping();
    const { sandbox, http, connect, others } = scene;
    await lookingHost(scene);
    http.status = 503;
    const queued = await say(await connect("b"), ONE, "mine");
    http.status = undefined;
    const { outbox } = await placeOf(sandbox, http.url(), sandbox.host("b"));
    const [entry] = await outbox.read();
    if (!entry) throw new Error("it was queued");
    await others.leave("0123456789abcdef", [entry.operation], entry.since);
    rmSync(join(sandbox.directory, "hosts/b/host-id"), { force: true });
    await (await connect("b")).outbox.send();
    expect(await scene.timesOf(queued.op)).toBe(1);
  });

  it("that is refused ends before a later operation of its session lands", async () => {
    const scene = await openHelping();
    const hive = await lookingHost(scene);
    const refused = { ...(await scene.others.attempt("x")), kind: "accept", input: { request: "collab-1" } };
    const after = await scene.others.attempt("after");
    await scene.others.leave("x", [refused, after], await scene.others.tip());
    await say(hive, ONE, "mine");
    const subjects = (await scene.added()).map(({ subject }) => subject);
    expect(subjects.filter((subject) => subject.includes(TWO))).toEqual([
      "refuse accept by session-2: unknown request",
      "broadcast session-2: after",
    ]);
    expect(await scene.timesOf(refused.op)).toBe(0);
  });

  it("that acts on the whole hub, or is dated in the future, is never landed with this host's access", async () => {
    const scene = await openHelping();
    const hive = await lookingHost(scene);
    const tip = await scene.others.tip();
    const forged = [
      { kind: "workflows", input: { version: "0.0.1-evil", overwrite: true }, session: "git-hive" },
      { kind: "expire", input: {}, session: "git-hive", at: "2099-11-29T23:32:21Z" },
      { kind: "heartbeat", input: {}, at: "2099-11-29T23:32:21Z" },
    ];
    for (const [index, over] of forged.entries()) {
      const operation = { ...(await scene.others.attempt("x")), ...over } as Operation;
      await scene.others.leave(`x${index}`, [operation], tip);
    }
    for (const text of ["mine", "next"]) expect(await say(hive, ONE, text)).toMatchObject({ kind: "landed" });
    expect((await scene.added()).map(({ subject }) => subject.split(": ")[1])).toEqual([
      "before",
      "mine",
      "next",
    ]);
  });

  it("that depends on one which this host cannot check is left to its own host, too", async () => {
    const scene = await openHelping();
    const hive = await lookingHost(scene);
    const [far, near] = [await scene.others.attempt("far"), await scene.others.attempt("near")];
    const waiting = [
      { operation: far, since: "1".repeat(40) },
      { operation: near, since: await scene.others.tip() },
    ];
    await scene.others.leaveEntries("x", waiting);
    await say(hive, ONE, "mine");
    expect([await scene.timesOf(far.op), await scene.timesOf(near.op)]).toEqual([0, 0]);
  });

  it("that the rules refuse blocks no other, and neither does one that the hub refuses", async () => {
    const scene = await openHelping();
    const hive = await lookingHost(scene);
    const poison = await scene.others.attempt("poison");
    await scene.others.leave(
      "x",
      [await scene.others.attempt("x", "session-9"), poison],
      await scene.others.tip(),
    );
    await installHook(scene.hub, "pre-receive", NO_POISON);
    expect(await say(hive, ONE, "mine")).toMatchObject({ kind: "landed" });
    expect((await scene.added()).map(({ subject }) => subject.split(": ")[1])).toEqual(["before", "mine"]);
  });

  it("that is older than any host waits is deleted, and so is an invalid outbox", async () => {
    const scene = await openHelping();
    const { sandbox, hub, others } = scene;
    const old = await others.attempt("old");
    sandbox.clock.now += 7_200_000;
    const hive = await lookingHost(scene);
    await others.leave("x", [old], await others.tip());
    await others.set("blob", await sandbox.gitWith("junk", hub, "hash-object", "-w", "--stdin"));
    await others.set("deep/er", await others.tip());
    for (const text of ["one", "two"]) await say(hive, ONE, text);
    expect(await others.names()).toEqual([]);
    expect(await scene.timesOf(old.op)).toBe(0);
  });
});

const HIVE_REFS = "case $1 in refs/hive/*) exit 1;; esac; exit 0";
const ANY_HIVE_REF = "while read old new ref; do case $ref in refs/hive/*) exit 1;; esac; done; exit 0";

describe("a hub that refuses outboxes", () => {
  it.each<[string, (scene: Helping) => Promise<unknown>]>([
    ["by a hook for each ref", ({ hub }) => installHook(hub, "update", HIVE_REFS)],
    ["by a hook for the whole push", ({ hub }) => installHook(hub, "pre-receive", ANY_HIVE_REF)],
    ["by hiding them", ({ sandbox, hub }) => sandbox.git(hub, "config", "receive.hideRefs", "refs/hive")],
  ])("%s is written to without them from then on", async (_, refuse) => {
    const scene = await openHelping();
    await refuse(scene);
    const { sent } = await overtaken(scene, 3);
    expect(sent.kind).toBe("landed");
    expect((await scene.paceOf("a")).refusesOutboxes).toBe(true);
    expect(await scene.others.names()).toEqual([]);
  });

  it("is distinguished from a hub that refuses an operation", async () => {
    const scene = await openHelping();
    const traffic = await scene.paceOf("a");
    traffic.lost();
    traffic.save();
    await installHook(scene.hub, "pre-receive", NO_POISON);
    const hive = await scene.connect("a");
    await hive.read([]);
    expect(await say(hive, ONE, "poison")).toMatchObject({ kind: "queued", why: { code: "push_refused" } });
    expect((await scene.paceOf("a")).refusesOutboxes).toBe(false);
    expect(await say(hive, ONE, "another")).toMatchObject({ kind: "landed" });
  });
});
