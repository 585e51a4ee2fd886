import { describe, expect, it } from "vitest";
import type { Feed, FeedEvent } from "../../../src/app/hive/feed.ts";
import type { World } from "../../../src/world.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { openHttpHub } from "../../support/http-hub.ts";
import { hiveIn } from "../../support/hub-store.ts";
import { hubWith, say } from "../../support/hub-with.ts";
import type { Sandbox } from "../../support/sandbox.ts";
import { pass, sleeper, wake } from "../../support/sleeper.ts";

const ONE = "session-1";

/** Follows a hub from host `a`, from its current state on. */
async function follow(sandbox: Sandbox, address: string, over: Partial<World>): Promise<Feed> {
  const hive = await sandbox.hive(address, sandbox.host("a", over));
  return hive.follow(await hive.read([]));
}

/** The events of a feed until it is interrupted: subjects of news, and kinds of other events. */
async function told(feed: Feed, paths: readonly string[] = [], milliseconds?: number): Promise<string[]> {
  const lines: string[] = [];
  for await (const tidings of feed.events(paths, milliseconds)) lines.push(...linesOf(tidings));
  return lines;
}

function linesOf(tidings: FeedEvent): string[] {
  return tidings.kind === "news" ? tidings.entries.map(({ subject }) => subject) : [tidings.kind];
}

function refsOf(sandbox: Sandbox, hub: string): Promise<string> {
  return sandbox.git(hub, "for-each-ref");
}

/** How long it meant to sleep each time: real time passes from there to its sleep, so a millisecond may be missing. */
function pausesOf({ slept }: { readonly slept: readonly number[] }): number[] {
  return slept.map((milliseconds) => Math.ceil(milliseconds / 50) * 50);
}

describe("a feed", () => {
  it.each([
    ["path", (path: string) => path],
    ["remote", (path: string) => `file://${path}`],
  ])("wakes when another process of this host lands an operation, on a hub by %s", async (_, address) => {
    const sandbox = openSandbox();
    const hub = address(await hubWith(sandbox, ONE));
    const other = await sandbox.hive(hub, sandbox.host("a"));
    const nights = sleeper(
      wake(() => say(other, ONE, "First")),
      wake(() => say(other, ONE, "Second")),
    );
    expect(await told(await follow(sandbox, hub, nights))).toEqual([
      "broadcast session-1: First",
      "broadcast session-1: Second",
    ]);
  });

  it("reports what landed after the reading, oldest first, and nothing twice", async () => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, ONE);
    const other = await sandbox.hive(hub);
    const feed = await follow(sandbox, hub, sleeper(pass()));
    await say(other, ONE, "First");
    await say(other, ONE, "Second");
    expect(await told(feed)).toEqual(["broadcast session-1: First", "broadcast session-1: Second"]);
  });

  it("reports only the given paths", async () => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, ONE);
    const other = await sandbox.hive(hub);
    const feed = await follow(sandbox, hub, sleeper(wake(() => say(other, ONE, "Hello"))));
    expect(await told(feed, ["coordination/ACTIVE"])).toEqual([]);
  });

  it("continues with a branch that was set back, and reports that", async () => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, ONE, "session-2");
    const other = await sandbox.hive(hub);
    const nights = sleeper(
      wake(() => sandbox.git(hub, "update-ref", "refs/heads/main", "main~1")),
      wake(() => say(other, ONE, "Afterwards")),
    );
    const feed = await follow(sandbox, hub, nights);
    expect(await told(feed)).toEqual(["rewritten", "broadcast session-1: Afterwards"]);
  });

  it("sees a branch whose ref git has packed", async () => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, ONE);
    const other = await sandbox.hive(hub);
    const nights = sleeper(
      wake(() => sandbox.git(hub, "pack-refs", "--all")),
      wake(() => say(other, ONE, "After packing")),
    );
    expect(await told(await follow(sandbox, hub, nights))).toEqual(["broadcast session-1: After packing"]);
  });

  it("ends after its time, with a last look", async () => {
    const sandbox = openSandbox();
    const hub = `file://${await hubWith(sandbox, ONE)}`;
    const other = await sandbox.hive(hub, sandbox.host("b"));
    const nights = sleeper(
      pass(),
      pass(),
      pass(() => say(other, ONE, "At the last moment")),
    );
    const feed = await follow(sandbox, hub, { ...nights, random: () => 0 });
    expect(await told(feed, [], 6000)).toEqual(["broadcast session-1: At the last moment"]);
    expect(nights.slept.reduce((sum, each) => sum + each)).toBeLessThanOrEqual(6000);
    expect(pausesOf(nights).slice(0, 2)).toEqual([2000, 3000]);
  });
});

describe("a feed of a remote hub", () => {
  it("polls with one request, at growing intervals, and at short intervals again after news", async () => {
    const sandbox = openSandbox();
    await hubWith(sandbox, ONE);
    const server = await openHttpHub(sandbox);
    const other = await sandbox.hive(server.url(), sandbox.host("b"));
    await say(other, ONE, "Before");
    const asked: number[] = [];
    const note = () => asked.push(server.requests);
    const nights = sleeper(
      pass(note),
      pass(note),
      pass(note),
      pass(async () => {
        await say(other, ONE, "From afar");
        note();
      }),
      pass(),
    );
    const feed = await follow(sandbox, server.url(), { ...nights, random: () => 0 });
    expect(await told(feed)).toEqual(["broadcast session-1: From afar"]);
    expect(asked.slice(1, 3).map((count, index) => count - (asked[index] ?? 0))).toEqual([1, 1]);
    expect(pausesOf(nights)).toEqual([2000, 3000, 4500, 6750, 2000, 3000]);
  });

  it("writes nothing to the hub", async () => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, ONE);
    const server = await openHttpHub(sandbox);
    const before = await refsOf(sandbox, hub);
    expect(await told(await follow(sandbox, server.url(), sleeper(pass(), pass())))).toEqual([]);
    expect(await refsOf(sandbox, hub)).toBe(before);
    expect(server.pushes).toBe(0);
  });

  it("reports an unreachable hub once, and the missed commits when the hub answers again", async () => {
    const sandbox = openSandbox();
    await hubWith(sandbox, ONE);
    const server = await openHttpHub(sandbox);
    const other = await sandbox.hive(server.url(), sandbox.host("b"));
    const nights = sleeper(
      pass(() => server.close()),
      pass(),
      pass(),
      pass(async () => {
        await server.listen();
        await say(other, ONE, "Back again");
      }),
    );
    const feed = await follow(sandbox, server.url(), nights);
    expect(await told(feed)).toEqual(["away", "back", "broadcast session-1: Back again"]);
  });

  it("does not contact the hub with --offline, and still reports its own host's operations", async () => {
    const sandbox = openSandbox();
    await hubWith(sandbox, ONE);
    const server = await openHttpHub(sandbox);
    const own = await sandbox.hive(server.url());
    await say(own, ONE, "Before");
    let asked = server.requests;
    const nights = sleeper(
      pass(),
      pass(() => {
        expect(server.requests).toBe(asked);
      }),
      wake(async () => {
        await say(own, ONE, "From here");
        asked = server.requests;
      }),
      pass(),
    );
    const hive = await hiveIn(sandbox, server.url(), { isOffline: true }, sandbox.host("a", nights));
    expect(await told(await hive.follow(await hive.read([])))).toEqual(["broadcast session-1: From here"]);
    expect(server.requests).toBe(asked);
  });
});
