import { describe, expect, it } from "vitest";
import type { Feed, Tidings } from "../../../src/app/hive/feed.ts";
import type { World } from "../../../src/world.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { openHttpHub } from "../../support/http-hub.ts";
import { hubWith, say } from "../../support/hub-with.ts";
import { hiveIn } from "../../support/place.ts";
import type { Sandbox } from "../../support/sandbox.ts";
import { pass, sleeper, wake } from "../../support/sleeper.ts";

const ONE = "session-1";

/** Who follows a hub from host `a`, from what is there now on. */
async function follow(sandbox: Sandbox, address: string, over: Partial<World>): Promise<Feed> {
  const hive = await sandbox.hive(address, sandbox.host("a", over));
  return hive.follow(await hive.read([]));
}

/** Everything a feed tells until it is interrupted: subjects of news, and the kind of all else. */
async function told(feed: Feed, paths: readonly string[] = [], milliseconds?: number): Promise<string[]> {
  const lines: string[] = [];
  for await (const tidings of feed.tidings(paths, milliseconds)) lines.push(...linesOf(tidings));
  return lines;
}

function linesOf(tidings: Tidings): string[] {
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
  ])("wakes for what another process of this host lands, on a hub by %s", async (_, address) => {
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

  it("tells what landed between the reading and the first look, oldest first, and nothing twice", async () => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, ONE);
    const other = await sandbox.hive(hub);
    const feed = await follow(sandbox, hub, sleeper(pass()));
    await say(other, ONE, "First");
    await say(other, ONE, "Second");
    expect(await told(feed)).toEqual(["broadcast session-1: First", "broadcast session-1: Second"]);
  });

  it("tells of the given paths only", async () => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, ONE);
    const other = await sandbox.hive(hub);
    const feed = await follow(sandbox, hub, sleeper(wake(() => say(other, ONE, "Hello"))));
    expect(await told(feed, ["coordination/ACTIVE"])).toEqual([]);
  });

  it("goes on with a branch that was set back, and says so", async () => {
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

  it("sees a branch whose ref git has packed away", async () => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, ONE);
    const other = await sandbox.hive(hub);
    const nights = sleeper(
      wake(() => sandbox.git(hub, "pack-refs", "--all")),
      wake(() => say(other, ONE, "After packing")),
    );
    expect(await told(await follow(sandbox, hub, nights))).toEqual(["broadcast session-1: After packing"]);
  });

  it("ends when its time is up, after a last look", async () => {
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

describe("a feed of a hub elsewhere", () => {
  it("asks by one request a look, less and less often, and at once again when something came", async () => {
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

  it("writes nothing there", async () => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, ONE);
    const server = await openHttpHub(sandbox);
    const before = await refsOf(sandbox, hub);
    expect(await told(await follow(sandbox, server.url(), sleeper(pass(), pass())))).toEqual([]);
    expect(await refsOf(sandbox, hub)).toBe(before);
    expect(server.pushes).toBe(0);
  });

  it("outlasts a hub that is away: says so once, and tells what it missed when it is back", async () => {
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

  it("asks nobody with --offline, and still hears its own host", async () => {
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
