import { rename } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { World } from "../../../src/world.ts";
import { Console, errorOf } from "../../support/console.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import type { Sandbox } from "../../support/sandbox.ts";

/** The longest time of Node's timers. A longer timer ends at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

async function hubWithSession(sandbox: Sandbox): Promise<{ hub: string; one: Console }> {
  const hub = await sandbox.bareHub();
  const one = new Console(sandbox).with({ env: { HIVE_SESSION: "session-1" } });
  await one.print("init", "--remote", hub);
  await one.print("register", "session-1");
  return { hub, one };
}

/** A sleep that advances the sandbox's clock, runs a test's steps, and is interrupted at the end. */
function sleeps(
  sandbox: Sandbox,
  during: readonly (() => unknown)[],
): Pick<World, "sleep"> & { slept: number[] } {
  const slept: number[] = [];
  return {
    slept,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
      sandbox.clock.now += milliseconds;
      await during[slept.length - 1]?.();
      return slept.length > during.length ? "interrupted" : "slept";
    },
  };
}

const nothing = () => undefined;

describe("hive heartbeat", () => {
  it("reports that the session is alive, or that nothing was written", async () => {
    const sandbox = openSandbox();
    const { one } = await hubWithSession(sandbox);
    expect(await one.print("heartbeat")).toBe(
      "session-1 is alive. Its last heartbeat, 2026-01-31T12:00:00Z, is recent, so nothing was written.\n",
    );
    expect(await one.print("heartbeat", "--work", "Charts")).toBe("session-1 is alive.\n");
    sandbox.clock.now += 60_000;
    expect(await one.print("heartbeat")).toBe("session-1 is alive.\n");
  });

  it("shows the session's work in sync", async () => {
    const { one } = await hubWithSession(openSandbox());
    await one.print("heartbeat", "--work", "Charts", "--state", "idle");
    expect(await one.print("sync")).toBe(
      "session-1  working 0s  idle  -  Charts\n1 session: 0 active, 1 working now, 1 idle, 0 offline\n",
    );
  });
});

describe("hive heartbeat --every", () => {
  it("repeats until it is interrupted, and ends with 0", async () => {
    const sandbox = openSandbox();
    const { hub, one } = await hubWithSession(sandbox);
    const { slept, sleep } = sleeps(sandbox, [nothing, nothing, nothing]);
    const ran = await one.with({ sleep }).run("heartbeat", "--every", "5m");
    expect(slept).toEqual(Array(4).fill(300_000));
    expect(ran).toEqual({ code: 0, out: "session-1 is alive.\n", err: "session-1 is alive.\n".repeat(3) });
    const kinds = (await sandbox.history(hub)).map(({ kind }) => kind);
    expect(kinds).toEqual(["init", "register", "heartbeat", "heartbeat", "heartbeat"]);
  });

  it("prints one document at the end, and notes on stderr", async () => {
    const sandbox = openSandbox();
    const { one } = await hubWithSession(sandbox);
    const { sleep } = sleeps(sandbox, [nothing, nothing]);
    expect(await one.with({ sleep }).json("heartbeat", "--every", "1m", "--quiet")).toMatchObject({
      result: { heartbeat: { last_heartbeat: "2026-01-31T12:02:00Z" } },
    });
  });

  it("continues after the hub was unreachable", async () => {
    const sandbox = openSandbox();
    const { hub } = await hubWithSession(sandbox);
    const away = `${hub}.away`;
    const { sleep } = sleeps(sandbox, [() => rename(hub, away), () => rename(away, hub), nothing]);
    const remote = new Console(sandbox, {
      env: { HIVE_SESSION: "session-1", HIVE_HUB: `file://${hub}` },
      sleep,
    });
    const { code, out, err } = await remote.run("heartbeat", "--every", "5m");
    expect({ code, out }).toEqual({ code: 0, out: "session-1 is alive.\n" });
    expect(err).toMatch(/hub\.git: .*\n.*\nQueued: .*\n(?:session-1 is alive\.\n){2}$/);
    expect(await remote.json("sync")).toMatchObject({
      sessions: [{ last_heartbeat: "2026-01-31T12:15:00Z" }],
    });
  });

  it("ends with the reason when the first heartbeat fails", async () => {
    const { one } = await hubWithSession(openSandbox());
    const ran = await one.run("--json", "heartbeat", "--every", "5m", "--as", "stranger");
    expect(ran.code).toBe(3);
    expect(errorOf(ran).code).toBe("not_registered");
  });

  it("keeps its interval, also a very long one", async () => {
    const sandbox = openSandbox();
    const { one } = await hubWithSession(sandbox);
    const { slept, sleep } = sleeps(sandbox, []);
    const { code } = await one.with({ sleep }).run("heartbeat", "--every", "4w");
    if (code !== 2) expect(Math.max(...slept)).toBeLessThanOrEqual(LONGEST_TIMER);
  });
});
