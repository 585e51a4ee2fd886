import { describe, expect, it } from "vitest";
import { Console, errorOf } from "../../support/console.ts";
import { openSandbox } from "../../support/git-sandbox.ts";

async function twoHosts() {
  const sandbox = openSandbox();
  const hub = `file://${await sandbox.bareHub()}`;
  const { env, random } = sandbox.host("b");
  const one = new Console(sandbox);
  const other = new Console(sandbox, { random, env: { HIVE_STATE_DIR: env.HIVE_STATE_DIR ?? "" } });
  await one.print("init", "--remote", hub);
  await other.print("join", hub);
  await one.print("register", "session-1", "--role", "Charts");
  return { sandbox, hub, one, other };
}

describe("hive register of a name that is alive on another host", () => {
  it("is refused, and changes nothing", async () => {
    const { one, other } = await twoHosts();
    const refused = await other.run("--json", "register", "session-1", "--role", "Mine");
    expect(refused.code).toBe(3);
    expect(errorOf(refused)).toMatchObject({
      code: "name_alive",
      hint: expect.stringContaining("hive register session-1 --take-over"),
    });
    expect(await one.json("sync")).toMatchObject({ sessions: [{ role: "Charts" }] });
    expect((await other.run("--json", "--as", "session-1", "register", "session-1")).code).toBe(3);
  });

  it("takes it over with --take-over, and tells the session that had it", async () => {
    const { one, other } = await twoHosts();
    expect(await other.print("register", "session-1", "--role", "Mine", "--take-over")).toContain(
      "took over",
    );
    const inbox = await one.print("inbox", "--as", "session-1");
    expect(inbox).toContain("session-1 was taken over");
    expect(inbox).toContain("as Mine");
    expect(await one.json("sync")).toMatchObject({ sessions: [{ id: "session-1", role: "Mine" }] });
    expect(await one.json("validate")).toMatchObject({ findings: [] });
  });

  it("is its own again on the host that registered it", async () => {
    const { one } = await twoHosts();
    expect(await one.json("register", "session-1", "--role", "Tests")).toMatchObject({
      result: expect.not.objectContaining({ taken_over: true }),
    });
  });

  it("is free when the session is no longer alive", async () => {
    const { sandbox, other } = await twoHosts();
    sandbox.clock.now += 16 * 60_000;
    expect(await other.json("register", "session-1")).toMatchObject({ result: { renewed: true } });
  });
});
