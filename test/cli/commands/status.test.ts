import { describe, expect, it } from "vitest";
import { Console, errorOf } from "../../support/console.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import type { Sandbox } from "../../support/sandbox.ts";

async function hubWithSession(sandbox: Sandbox, zone = "Europe/Berlin"): Promise<Console> {
  const one = new Console(sandbox).with({ env: { HIVE_SESSION: "session-1", TZ: zone } });
  await one.print("init", "--remote", await sandbox.bareHub());
  await one.print("register", "session-1");
  return one;
}

/** Expects the only session of the hub to be active without an end. */
async function expectActive(console: Console): Promise<void> {
  const { sessions } = await console.json<{ sessions: object[] }>("sync");
  expect(sessions).toMatchObject([{ status: "active" }]);
  for (const key of ["status_until", "away", "away_until"]) expect(sessions[0]).not.toHaveProperty(key);
}

describe("hive status", () => {
  it("reports what a session does, and shows it to all sessions", async () => {
    const one = await hubWithSession(openSandbox());
    expect(await one.print("status")).toBe("session-1 is active.\n");
    expect(await one.print("status", "Charts")).toBe("session-1 is active: Charts\n");
    expect(await one.print("status", "--state", "idle", "--until", "17:00")).toBe(
      "session-1 is idle until 2026-01-31T16:00:00Z: Charts\n",
    );
    expect(await one.print("status")).toBe("session-1 is idle until 2026-01-31T16:00:00Z: Charts\n");
    expect(await one.print("sync")).toBe(
      "session-1  working 0s  idle until 16:00 UTC  -  Charts\n1 session: 0 active, 1 working now, 1 idle, 0 offline\n",
    );
    expect(await one.json("status")).toEqual({
      session: "session-1",
      status: "idle",
      status_until: "2026-01-31T16:00:00Z",
      current_work: "Charts",
    });
  });

  it("is active again after its end, for every reader and with every write", async () => {
    const sandbox = openSandbox();
    const one = await hubWithSession(sandbox);
    await one.print("pause", "--until", "1h", "-m", "Quota is used up");
    sandbox.clock.now += 3_600_000;
    const own = await one.json("status");
    expect(own).toMatchObject({ status: "active" });
    expect(own).not.toHaveProperty("status_until");
    await expectActive(one);
    await one.print("heartbeat");
    await expectActive(one);
    expect(await one.run("validate")).toMatchObject({ code: 0 });
  });

  it("survives register and heartbeat, and ends with the next status", async () => {
    const sandbox = openSandbox();
    const one = await hubWithSession(sandbox);
    await one.print("pause", "--until", "2026-01-31T20:00:00+01:00");
    sandbox.clock.now += 600_000;
    const paused = { sessions: [{ status: "paused", status_until: "2026-01-31T19:00:00Z" }] };
    for (const argv of [
      ["heartbeat"],
      ["register", "session-1", "--role", "Frontend"],
      ["broadcast", "Hi"],
    ]) {
      await one.print(...argv);
      expect(await one.json("sync")).toMatchObject(paused);
    }
    expect(await one.print("status", "--state", "active")).toBe("session-1 is active.\n");
    await expectActive(one);
    expect(await one.run("validate", `${"0".repeat(40)}..HEAD`)).toMatchObject({ code: 0 });
  });

  it("takes a text from stdin, and makes unsafe characters visible", async () => {
    const one = await hubWithSession(openSandbox());
    const piped = one.with({ readInput: async () => "Charts \u202egpj\n" });
    expect(await piped.print("status", "-")).toBe("session-1 is active: Charts \\u{202e}gpj\n");
  });

  it("of an unregistered session is refused, with the command to register", async () => {
    const one = await hubWithSession(openSandbox());
    const ran = await one.run("--json", "status", "--as", "stranger");
    expect(ran.code).toBe(3);
    expect(errorOf(ran)).toMatchObject({ code: "not_registered" });
  });

  it("is queued while the hub is unreachable, with the instant of the call", async () => {
    const sandbox = openSandbox();
    const one = await hubWithSession(sandbox);
    expect((await one.run("pause", "--until", "2h", "--offline")).code).toBe(4);
    sandbox.clock.now += 600_000;
    await one.print("sync");
    expect(await one.json("sync")).toMatchObject({
      sessions: [{ status: "paused", status_until: "2026-01-31T14:00:00Z" }],
    });
  });
});

describe("hive pause", () => {
  it.each([[["pause", "Longer"]], [["status", "Longer", "--state", "paused"]]])(
    "again keeps the end where none is given: %j",
    async (again) => {
      const one = await hubWithSession(openSandbox());
      await one.print("pause", "--for", "1h", "Lunch");
      expect(await one.print(...again)).toBe("session-1 is paused until 2026-01-31T13:00:00Z: Longer\n");
      expect(await one.print("pause", "--for", "2h")).toContain("until 2026-01-31T14:00:00Z");
      await one.print("status", "--state", "idle");
      expect(await one.json("status")).not.toHaveProperty("status_until");
    },
  );

  it("without an end lasts until the session's next status", async () => {
    const sandbox = openSandbox();
    const one = await hubWithSession(sandbox);
    expect(await one.print("pause", "-m", "Lunch")).toBe("session-1 is paused: Lunch\n");
    sandbox.clock.now += 7_200_000;
    const { sessions } = await one.json<{ sessions: { away: unknown }[] }>("sync");
    expect(sessions).toMatchObject([{ status: "paused", away: { reason: "paused" } }]);
    expect(sessions[0]).not.toHaveProperty("status_until");
    expect(sessions[0]?.away).not.toHaveProperty("until");
  });

  it.each([
    ["Europe/Berlin", "2026-01-31T16:00:00Z"],
    ["Asia/Kathmandu", "2026-02-01T11:15:00Z"],
    ["not/a-zone", /^2026-0[12]-[03]1T\d\d:\d\d:00Z$/],
  ])("reads a time in the user's zone: %s", async (zone, until) => {
    const one = await hubWithSession(openSandbox(), zone);
    const { result } = await one.json<{ result: { heartbeat: { status_until: string } } }>(
      "pause",
      "--until",
      "17:00",
    );
    expect(result.heartbeat.status_until).toEqual(
      typeof until === "string" ? until : expect.stringMatching(until),
    );
  });
});
