import { performance } from "node:perf_hooks";
import { describe, expect, it } from "vitest";
import type { Hive } from "../../../src/app/hive/hive.ts";
import { anOperation } from "../../support/builders.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { openHttpHub } from "../../support/http-hub.ts";
import { hiveIn, leaveBehind, placeOf } from "../../support/hub-store.ts";
import { askForHelp, hubWith, say, sessionId } from "../../support/hub-with.ts";
import { installHook } from "../../support/server-hook.ts";

const [ONE, TWO] = ["session-1", "session-2"];

/** A host that knows a hub behind HTTP, and the commits of its branch since then. */
async function setUp(seconds?: number) {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, ONE, TWO);
  const http = await openHttpHub(sandbox);
  const hive = await hiveIn(sandbox, http.url(), { seconds });
  await hive.read([]);
  const before = (await sandbox.history(hub)).length;
  const added = async () => (await sandbox.history(hub)).slice(before);
  const again = () => sandbox.hive(http.url());
  return { sandbox, hub, http, hive, added, again };
}

/** Sends several broadcasts while the hub is away; returns the texts in order. */
async function queueTexts(hive: Hive, http: { status: number | undefined }, texts: readonly string[]) {
  http.status = 503;
  for (const [index, text] of texts.entries()) {
    const sent = await say(hive, index % 2 === 0 ? ONE : TWO, text);
    expect(sent).toMatchObject({ kind: "queued", why: { code: "unreachable" } });
  }
  http.status = undefined;
}

/** A server that refuses every commit with this word in its subject. */
function refuse(hub: string, word: string): Promise<void> {
  const each = `git log --format=%s "$new" --not --all | grep -q ${word} && { echo "no ${word}" >&2; exit 1; }`;
  return installHook(hub, "pre-receive", `while read old new ref; do\n${each}\ndone\nexit 0`);
}

async function statesIn(hive: Hive): Promise<string[]> {
  return (await hive.outbox.list()).waiting.map(({ state }) => state);
}

describe("operations made while the hub was away", () => {
  it.each<[string, (hive: Hive) => Promise<unknown>]>([
    ["a command that reads", (hive) => hive.read([])],
    ["a command that writes", (hive) => say(hive, ONE, "four")],
    ["hive sync", (hive) => hive.outbox.send()],
  ])("land in order, each with its own author, with the next command of any session: %s", async (_, next) => {
    const { hive, http, added, again } = await setUp();
    await queueTexts(hive, http, ["one", "two", "three"]);
    expect(await hive.outbox.count()).toEqual({ unsent: 3, refused: 0 });
    await next(await again());
    expect((await added()).slice(0, 3).map(({ author, subject }) => `${author} ${subject}`)).toEqual([
      "session-1 broadcast session-1: one",
      "session-2 broadcast session-2: two",
      "session-1 broadcast session-1: three",
    ]);
    expect(await statesIn(hive)).toEqual([]);
    expect(http.pushes).toBe(1);
  });

  it("are refused when the rules forbid them meanwhile, and stay visible", async () => {
    const { sandbox, hub, hive, http, again } = await setUp();
    const request = await askForHelp(hive, TWO, ONE);
    http.status = 503;
    const queued = await hive.submit("accept", { request }, sessionId(ONE));
    expect(queued.kind).toBe("queued");
    const other = await sandbox.hive(hub, sandbox.host("b"));
    await other.submit("cancel", { request }, sessionId(TWO));
    http.status = undefined;

    await (await again()).read([]);
    await hive.outbox.send();

    const { waiting } = await hive.outbox.list();
    expect(waiting).toMatchObject([{ op: queued.op, state: "refused by the rules" }]);
    expect(waiting[0]?.why).toContain("it is cancelled");
    expect(await hive.outbox.count()).toEqual({ unsent: 0, refused: 1 });
    expect((await sandbox.history(hub)).filter(({ kind }) => kind === "accept")).toEqual([]);
  });

  it("with --offline, never contact the hub", async () => {
    const { sandbox, http, added, again } = await setUp();
    const offline = await hiveIn(sandbox, http.url(), { isOffline: true });
    http.status = 503;
    expect(await say(offline, ONE, "one")).toMatchObject({ kind: "queued", why: { code: "offline" } });
    http.status = undefined;
    expect(http.pushes).toBe(0);
    await (await again()).read([]);
    expect(await added()).toHaveLength(1);
  });
});

describe("a hub with a rule against one operation among many", () => {
  it.each([0, 2, 5])("gets all the others with few pushes when it is number %i", async (place) => {
    const { hub, hive, http, added } = await setUp();
    const texts = ["a", "b", "c", "d", "e", "f"].map((text, index) => (index === place ? "poison" : text));
    await queueTexts(hive, http, texts);
    await refuse(hub, "poison");
    await hive.read([]);
    const said = (await added()).map(({ subject }) => subject.split(": ")[1]);
    expect(said).toEqual(texts.filter((text) => text !== "poison"));
    expect(await statesIn(hive)).toEqual(["refused by the hub"]);
    expect(http.pushes).toBeLessThanOrEqual(8);
    expect(await say(hive, ONE, "after it")).toMatchObject({ kind: "landed" });
  });

  it("gets all the others although two such operations are consecutive", async () => {
    const { hub, hive, http, added } = await setUp();
    await queueTexts(hive, http, ["a", "poison", "poison", "d", "e", "f"]);
    await refuse(hub, "poison");
    await hive.read([]);
    expect((await added()).map(({ subject }) => subject.split(": ")[1])).toEqual(["a", "d", "e", "f"]);
    expect(await statesIn(hive)).toEqual(Array(2).fill("refused by the hub"));
    expect(http.pushes).toBeLessThanOrEqual(16);
  });
});

describe("a hub that refuses every push", () => {
  it("gets a few pushes, however many operations wait, and no more until the user asks for it", async () => {
    const { hub, hive, http, added, again } = await setUp();
    await queueTexts(hive, http, Array(16).fill("text"));
    await installHook(hub, "pre-receive", "exit 1");
    await (await again()).read([]);
    const first = http.pushes;
    expect(first).toBeLessThanOrEqual(16);
    await (await again()).read([]);
    expect(http.pushes).toBe(first);
    expect(await statesIn(hive)).toEqual(Array(16).fill("refused by the hub"));
    expect(await added()).toEqual([]);
  });

  it("gets one push from a sync for the only waiting operation, which stays queued", async () => {
    const { hub, http, hive, added } = await setUp(5);
    await installHook(hub, "pre-receive", "exit 1");
    expect(await say(hive, ONE, "text")).toMatchObject({ kind: "queued", why: { code: "push_refused" } });
    const before = http.pushes;
    await hive.outbox.send();
    expect(http.pushes).toBe(before + 1);
    await installHook(hub, "pre-receive", "exit 0");
    await hive.outbox.send();
    expect(await added()).toHaveLength(1);
    expect(await statesIn(hive)).toEqual([]);
  });
});

describe("an operation", () => {
  it("of a kind that only a newer version knows waits for that version, and the others land", async () => {
    // Longer than a test may take: it ends in time only where no command waits for that operation to land.
    const { sandbox, http, hive, added } = await setUp(600);
    leaveBehind(await placeOf(sandbox, http.url()), anOperation({}, { kind: "later-kind" }), null);
    expect(await say(hive, ONE, "text")).toMatchObject({ kind: "landed" });
    await hive.outbox.send();
    expect(await added()).toHaveLength(1);
    expect((await hive.outbox.list()).waiting).toMatchObject([
      { kind: "later-kind", why: expect.stringContaining('does not know the operation "later-kind"') },
    ]);
  });

  it("of a kind that only a newer version knows stays although a commit names it, because trailers prove nothing", async () => {
    const { sandbox, hub, http, hive } = await setUp(5);
    const store = await placeOf(sandbox, http.url());
    const since = await sandbox.git(hub, "rev-parse", "main");
    const operation = anOperation({}, { kind: "later-kind" });
    const message = `later\n\nHive-Op: ${operation.op}\nHive-Session: session-1\nHive-Kind: later-kind\n`;
    const commit = await sandbox.gitWith(message, hub, "commit-tree", "-p", since, "main^{tree}");
    await sandbox.git(hub, "update-ref", "refs/heads/main", commit);
    leaveBehind(store, operation, since);
    await hive.read([]);
    expect((await hive.outbox.list()).waiting).toMatchObject([{ op: operation.op }]);
  });

  it("on a hub that was never read fails, and nothing waits", async () => {
    const { sandbox, http } = await setUp();
    http.status = 503;
    const stranger = await sandbox.hive(http.url(), sandbox.host("stranger"));
    await expect(say(stranger, ONE, "text")).rejects.toMatchObject({ code: "unreachable" });
    expect(await statesIn(stranger)).toEqual([]);
  });

  it("whose push got no answer is queued on a hub that was never read, because it may have landed", async () => {
    const { sandbox, http } = await setUp();
    const empty = await sandbox.bareHub("empty");
    const stranger = await sandbox.hive(http.url("empty"), sandbox.host("stranger"));
    http.dropAfter = 1;
    http.afterPush = () => {
      http.status = 503;
    };
    const made = await stranger.submit("init", {}, sessionId("git-hive"));
    expect(made).toMatchObject({ kind: "queued", why: { code: "unreachable" } });
    http.status = undefined;
    await stranger.outbox.send();
    expect((await sandbox.history(empty)).map(({ op }) => op)).toEqual([made.op]);
  });

  it("is queued when its time is over, also when the hub never answers", async () => {
    const { http, hive } = await setUp(1);
    http.beforePush = () => new Promise(() => undefined);
    const started = performance.now();
    expect(await say(hive, ONE, "text")).toMatchObject({ kind: "queued" });
    // Git itself gives up after 30 s.
    expect(performance.now() - started).toBeLessThan(25_000);
  });

  it("is not dropped while its push is on its way, because the hub may accept it", async () => {
    const { sandbox, http, hive, added } = await setUp();
    await queueTexts(hive, http, ["hello"]);
    const [{ op } = { op: anOperation().op }] = (await hive.outbox.list()).waiting;
    const other = await hiveIn(sandbox, http.url(), { seconds: 1 });
    let dropping: Promise<unknown> | undefined;
    http.beforePush = () => {
      dropping = other.outbox.drop(op);
      return dropping.catch(() => undefined);
    };
    await hive.read([]);
    await expect(dropping).rejects.toMatchObject({ code: "busy" });
    expect(await added()).toHaveLength(1);
    expect(await other.outbox.drop(op)).toBe("ended");
  });
});
