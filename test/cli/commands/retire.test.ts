import { describe, expect, it } from "vitest";
import { Console, errorOf } from "../../support/console.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { hubWith } from "../../support/hub-with.ts";

const DAY_MS = 86_400_000;

async function openHub() {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, "session-1", "session-2");
  const as = (session: string) => new Console(sandbox, { env: { HIVE_HUB: hub, HIVE_SESSION: session } });
  return { sandbox, hub, one: as("session-1"), two: as("session-2") };
}

describe("hive retire", () => {
  it("takes a session that is gone out of every list, gives back what it held, and keeps its history and name", async () => {
    const { sandbox, hub, one, two } = await openHub();
    const id = (await one.print("-q", "request", "session-2", "Please help")).trim();
    await two.print("accept", id);
    await two.print("claim", "issue-7", "--for", "7d");
    sandbox.clock.now += 2 * DAY_MS;
    await one.print("heartbeat");
    expect(await one.print("sync")).toMatch(/session-2 .* holds 1 claim and 1 request/);
    const start = await sandbox.git(hub, "rev-parse", "main");

    expect(await one.print("retire", "session-2", "--dry-run")).toMatch(
      /^Nothing was written\..*\nsession-2 retired\nissue-7 released\n/,
    );
    expect(await one.json("retire", "session-2")).toMatchObject({
      landed: true,
      retired: ["session-2"],
      released: ["issue-7"],
      returned: [id],
    });
    expect(await one.json("sync")).toMatchObject({ sessions: [{ id: "session-1" }], summary: { total: 1 } });
    expect(await one.print("inbox")).toContain(
      `session-2 was retired and had accepted it: ${id} has expired`,
    );
    expect(await one.json("log", "--session", "session-2")).toMatchObject({
      entries: expect.arrayContaining([expect.objectContaining({ kind: "accept" })]),
    });
    expect(await one.print("log", "--kind", "retire")).toContain("retires session-2: asked by session-1");
    expect((await one.run("validate", `${start.trim()}..main`)).out).toContain("no findings");
    expect(errorOf(await one.run("--json", "register", "session-2"))).toMatchObject({ code: "name_retired" });

    await two.print("register", "session-2", "--return");
    expect(await one.json("sync")).toMatchObject({ summary: { total: 2 } });
    expect((await one.run("validate", `${start.trim()}..main`)).out).toContain("no findings");
  });

  it("refuses a session that is online, and a call that says nothing", async () => {
    const { one } = await openHub();
    expect(errorOf(await one.run("--json", "retire", "session-2"))).toMatchObject({ code: "still_online" });
    expect(errorOf(await one.run("--json", "retire"))).toMatchObject({
      hint: expect.stringContaining("--offline-for 7d"),
    });
    expect(await one.print("retire", "--offline-for", "7d")).toBe("No session to retire.\n");
  });
});
