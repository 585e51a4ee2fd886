import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Hive } from "../../../src/app/hive/hive.ts";
import { NOON } from "../../support/builders.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { commitByHand } from "../../support/hand-commit.ts";
import { openHttpHub } from "../../support/http-hub.ts";
import { hiveIn } from "../../support/hub-store.ts";
import { hubWith, say, sessionId } from "../../support/hub-with.ts";
import type { Sandbox } from "../../support/sandbox.ts";
import { writeSshShim } from "../../support/ssh-shim.ts";

const [MINUTE_MS, DAY_MS] = [60_000, 86_400_000];
const NOON_MS = Date.parse(NOON);

async function open() {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, "session-1", "session-2");
  const commits = () => sandbox.git(hub, "rev-list", "--count", "main");
  return { sandbox, hub, commits };
}

/** A hub whose server's clock a test sets. */
async function openHttp() {
  const opened = await open();
  const http = await openHttpHub(opened.sandbox);
  http.time = NOON_MS;
  const hive = await opened.sandbox.hive(http.url());
  await hive.read([]);
  return { ...opened, http, hive };
}

const waitingIn = async (hive: Hive) => (await hive.outbox.list()).waiting;

/** A setting of the hub, as a person changes it. */
function allow(sandbox: Sandbox, hub: string, max: string) {
  const content = `format: 1\nclocks:\n  max_ahead: ${max}\n`;
  return commitByHand(sandbox, hub, [{ path: "coordination/hive.yaml", content }]);
}

describe("a write by a clock ahead of the hub's", () => {
  it("is refused before it lands over HTTP, and names both times", async () => {
    const { sandbox, http, hive, commits } = await openHttp();
    const before = await commits();
    sandbox.clock.now += 2 * DAY_MS;
    await expect(say(hive, "session-1", "Hello")).rejects.toMatchObject({
      code: "clock_ahead",
      message: `This host's clock is 2d ahead of the hub: here it is 2026-02-02T12:00:00Z, at the hub ${NOON}.`,
      hint: expect.stringContaining("date -u"),
    });
    expect([await commits(), http.pushes, await waitingIn(hive)]).toEqual([before, 0, []]);
    sandbox.clock.now = NOON_MS;
    expect(await say(hive, "session-1", "Hello")).toMatchObject({ kind: "landed" });
  });

  it.each(["path", "file://"])("is refused in a hub by %s, by the clock of its disk", async (kind) => {
    const { sandbox, hub, commits } = await open();
    const before = await commits();
    sandbox.clock.now = Date.now() + 2 * DAY_MS;
    const hive = await sandbox.hive(kind === "path" ? hub : `${kind}${hub}`);
    await expect(say(hive, "session-1", "Hello")).rejects.toMatchObject({ code: "clock_ahead" });
    expect([await commits(), await waitingIn(hive)]).toEqual([before, []]);
    expect(readdirSync(join(hub, "objects")).filter((name) => name.startsWith("tmp_"))).toEqual([]);
    sandbox.clock.now = Date.now();
    expect(await say(hive, "session-1", "Hello")).toMatchObject({ kind: "landed" });
  });

  it("lands up to the difference that the hub's settings allow", async () => {
    const { sandbox, http, hub, hive } = await openHttp();
    http.time = NOON_MS + DAY_MS;
    sandbox.clock.now = http.time + 5 * MINUTE_MS;
    expect(await say(hive, "session-1", "In time")).toMatchObject({ kind: "landed" });
    sandbox.clock.now = NOON_MS;
    await allow(sandbox, hub, "3d");
    sandbox.clock.now = http.time + 3 * DAY_MS;
    expect(await say(hive, "session-1", "Still in time")).toMatchObject({ kind: "landed" });
  });

  it("is refused when a process of the same host has moved the clock after a write that landed", async () => {
    const { sandbox, hive } = await openHttp();
    sandbox.clock.now += MINUTE_MS;
    expect(await say(hive, "session-1", "Right")).toMatchObject({ kind: "landed" });
    sandbox.clock.now += 10 * MINUTE_MS;
    await expect(say(hive, "session-1", "Wrong")).rejects.toMatchObject({ code: "clock_ahead" });
  });
});

describe("a write by a right clock", () => {
  it("lands after a quiet weekend, with one question for the time by a process", async () => {
    const { sandbox, http, hive } = await openHttp();
    const costs: number[] = [];
    for (const days of [0, 3, 6, 9]) {
      sandbox.clock.now = NOON_MS + days * DAY_MS;
      http.time = NOON_MS + 9 * DAY_MS;
      const before = http.requests;
      expect(await say(hive, "session-1", `Day ${days}`)).toMatchObject({ kind: "landed" });
      costs.push(http.requests - before);
    }
    const [usual = 0, ...idle] = costs;
    expect(idle).toEqual([usual + 1, usual, usual]);
  });

  it("lands where the hub does not tell its time", async () => {
    const { sandbox, hub } = await open();
    const GIT_SSH_COMMAND = await writeSshShim(sandbox);
    const world = sandbox.world();
    const hive = await sandbox.hive(`ssh://hub.invalid${hub}`, {
      ...world,
      env: { ...world.env, GIT_SSH_COMMAND },
    });
    sandbox.clock.now += 3 * DAY_MS;
    expect(await say(hive, "session-1", "Hello")).toMatchObject({ kind: "landed" });
  });

  it("lands although two sessions of a host with a clock behind write between its own, and the hub does not tell its time", async () => {
    const { sandbox, hub } = await open();
    const GIT_SSH_COMMAND = await writeSshShim(sandbox);
    const [right, behind] = [sandbox.host("a"), sandbox.host("b")].map((world) => ({
      ...world,
      env: { ...world.env, GIT_SSH_COMMAND },
    }));
    const address = `ssh://hub.invalid${hub}`;
    const [own, other] = [await sandbox.hive(address, right), await sandbox.hive(address, behind)];
    for (const round of [1, 2, 3]) {
      sandbox.clock.now = NOON_MS + 2 * DAY_MS;
      expect(await say(own, "session-1", `Right ${round}`)).toMatchObject({ kind: "landed" });
      sandbox.clock.now = NOON_MS;
      expect(await say(other, "session-2", `Behind ${round}`)).toMatchObject({ kind: "landed" });
    }
  });
});

describe("an operation that was queued by a clock ahead", () => {
  /** A hub with one operation queued two days ahead, which the next write has tried to land. */
  async function openQueued() {
    const opened = await openHttp();
    const { sandbox, http, hive } = opened;
    sandbox.clock.now += 2 * DAY_MS;
    const offline = await hiveIn(sandbox, http.url(), { isOffline: true });
    const queued = await say(offline, "session-1", "Early");
    expect(queued).toMatchObject({ kind: "queued" });
    sandbox.clock.now = NOON_MS;
    expect(await say(hive, "session-1", "Now")).toMatchObject({ kind: "landed" });
    return { ...opened, queued };
  }

  it("stays in the outbox with the reason, and lands by itself when its time has come", async () => {
    const { sandbox, http, hub, hive, queued } = await openQueued();
    await hive.outbox.send();
    expect(await waitingIn(hive)).toMatchObject([
      {
        op: queued.op,
        state: "refused by the hub",
        why: expect.stringMatching(/^A clock 2d ahead of the hub made .* hive outbox drop <op>$/),
      },
    ]);
    http.time = NOON_MS + 2 * DAY_MS;
    sandbox.clock.now = http.time + MINUTE_MS;
    expect(await say(hive, "session-2", "Later")).toMatchObject({ kind: "landed" });
    expect(await waitingIn(hive)).toEqual([]);
    expect((await sandbox.history(hub)).filter(({ op }) => op === queued.op)).toHaveLength(1);
  });

  it("does not date the ids of later operations, and can be given up", async () => {
    const { hive, queued } = await openQueued();
    const next = await say(hive, "session-1", "Next");
    expect(next.op < queued.op).toBe(true);
    expect(await hive.outbox.drop(queued.op)).toBe("dropped");
    expect(await waitingIn(hive)).toEqual([]);
  });

  it("ends without a commit if it is a heartbeat without news", async () => {
    const { sandbox, http, hub, hive } = await openHttp();
    sandbox.clock.now += 2 * DAY_MS;
    const offline = await hiveIn(sandbox, http.url(), { isOffline: true });
    const { op } = await offline.submit("heartbeat", {}, sessionId("session-1"));
    sandbox.clock.now = NOON_MS;
    await hive.outbox.send();
    expect(await waitingIn(hive)).toEqual([]);
    expect((await sandbox.history(hub)).map((each) => each.op)).not.toContain(op);
  });
});

it("a write that was offered once is not refused because of the clock in the same attempt", async () => {
  const { sandbox, http, hub, hive } = await openHttp();
  const handCommit = (content: string) => commitByHand(sandbox, hub, [{ path: "README.md", content }]);
  sandbox.clock.now += 2 * DAY_MS;
  await handCommit("dated ahead");
  await hive.read([]);
  http.beforePush = () => {
    sandbox.clock.now = NOON_MS;
    return handCommit("dated right");
  };
  expect(await say(hive, "session-1", "Hello")).toMatchObject({ kind: "landed" });
});
