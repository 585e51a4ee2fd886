import { describe, expect, it } from "vitest";
import { Console } from "../../support/console.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { hubWith } from "../../support/hub-with.ts";

const DAY_MS = 86_400_000;

async function openHub() {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, "session-1", "session-2");
  const bot = new Console(sandbox, { env: { HIVE_HUB: hub } });
  const as = (session: string) => bot.with({ env: { HIVE_SESSION: session } });
  return { sandbox, hub, bot, one: as("session-1"), two: as("session-2") };
}

describe("hive expire", () => {
  it("marks a silent session, says so in the log, and does nothing the second time", async () => {
    const { sandbox, hub, bot, two } = await openHub();
    sandbox.clock.now += 2 * DAY_MS;
    await two.print("heartbeat");
    expect(await bot.print("expire")).toBe("session-1 expired\n");
    expect(await sandbox.history(hub)).toContainEqual(
      expect.objectContaining({ author: "git-hive", kind: "expire", subject: "expire: session-1 offline" }),
    );
    expect(await sandbox.git(hub, "ls-tree", "--name-only", "main", "coordination/HEARTBEATS/")).toBe(
      "coordination/HEARTBEATS/session-2.json",
    );
    const again = await bot.json("expire");
    expect(again).toMatchObject({ expired: [], archived: [] });
    expect(again).not.toHaveProperty("commit");
    expect(await bot.json("sync")).toMatchObject({ summary: { active: 1, offline: 1 } });
  });

  it("makes a session active again with its next operation", async () => {
    const { sandbox, bot, one, two } = await openHub();
    sandbox.clock.now += 2 * DAY_MS;
    await two.print("heartbeat");
    await bot.print("expire");
    await one.print("broadcast", "Back again");
    expect(await bot.json("match", "anything at all")).toBeDefined();
    expect(await bot.json("sync")).toMatchObject({
      sessions: expect.arrayContaining([
        expect.objectContaining({ id: "session-1", presence: "alive", status: "active" }),
      ]),
    });
    expect(await bot.json("expire")).toMatchObject({ expired: [], returned: [] });
  });

  it("notifies the requester of an unanswered request, and archives the request a month later", async () => {
    const { sandbox, hub, bot, one } = await openHub();
    const id = (await one.print("-q", "request", "session-2", "Please help", "urgent")).trim();
    sandbox.clock.now += 8 * DAY_MS;
    await one.print("heartbeat");
    expect(await bot.json("expire")).toMatchObject({ expired: ["session-2", id], archived: [] });
    expect(await one.print("inbox")).toContain(`session-2 did not answer ${id}`);
    sandbox.clock.now += 31 * DAY_MS;
    await one.print("heartbeat");
    expect(await bot.json("expire")).toMatchObject({ archived: [id] });
    const path = `coordination/ARCHIVE/COLLABORATIONS/2026/02/${id}.json`;
    expect(JSON.parse(await sandbox.git(hub, "show", `main:${path}`))).toMatchObject({ status: "expired" });
    expect(await one.print("log", "--request", id)).toMatch(
      / applies deadlines: .* archived\n.* applies deadlines: .*\n.* asks /,
    );
  });

  it("reports with --dry-run what it would do, and writes nothing", async () => {
    const { sandbox, hub, bot, two } = await openHub();
    sandbox.clock.now += 2 * DAY_MS;
    await two.print("heartbeat");
    const before = await sandbox.git(hub, "rev-parse", "main");
    expect(await bot.json("expire", "--dry-run")).toMatchObject({
      dry_run: true,
      expired: ["session-1"],
      archived: [],
    });
    expect(await sandbox.git(hub, "rev-parse", "main")).toBe(before);
  });

  it("does nothing by a clock that is more than a day ahead of the hub, and names both times", async () => {
    const { sandbox, bot } = await openHub();
    const newest = new Date(sandbox.clock.now).toISOString().slice(0, 16);
    sandbox.clock.now += 2 * DAY_MS;
    const skipping = await bot.json("expire");
    expect(skipping).toMatchObject({ expired: [], skipped: { newest: expect.stringContaining(newest) } });
    expect(skipping).not.toHaveProperty("commit");
    expect(await bot.print("expire")).toMatch(
      /^Nothing expired: this host's clock \(2026-02-02T.*ahead of the newest change/,
    );
  });

  it("writes as the bot for any caller, registered or not", async () => {
    const { sandbox, hub, one, two } = await openHub();
    sandbox.clock.now += 2 * DAY_MS;
    await two.print("heartbeat");
    await one.print("expire", "--as", "session-2");
    expect((await sandbox.history(hub)).at(-1)).toMatchObject({ author: "git-hive", session: "git-hive" });
  });
});
