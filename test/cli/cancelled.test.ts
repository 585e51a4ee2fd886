import { describe, expect, it } from "vitest";
import { Console } from "../support/console.ts";
import { openSandbox } from "../support/git-sandbox.ts";
import { sleeper } from "../support/sleeper.ts";

/** session-2 asks session-1. */
async function open() {
  const sandbox = openSandbox();
  const one = new Console(sandbox, { env: { HIVE_SESSION: "session-1" } });
  const two = one.with({ env: { HIVE_SESSION: "session-2" } });
  await one.print("init", "--remote", await sandbox.bareHub());
  await one.print("register", "session-1");
  await two.print("register", "session-2");
  const id = (await two.print("-q", "request", "session-1", "Need a UI")).trim();
  return { one, two, id };
}

describe("a cancelled request", () => {
  it("leaves the messages of its addressee, and is one line there until it is read", async () => {
    const { one, two, id } = await open();
    expect(await one.print("statusline")).toContain("1✉");
    await two.print("cancel", id, "-m", "Done by hand");
    expect(await one.json("inbox")).toMatchObject({
      messages: [],
      requests: [],
      cancelled: [{ request_id: id }],
      unread: 0,
    });
    expect(await one.print("statusline")).not.toContain("✉");
    const waited = await one.with(sleeper()).run("wait", "message", "request");
    expect(waited.code).toBe(1);
    const shown = await one.print("inbox", "--mark-read");
    expect(shown).toContain(`Cancelled: ${id} of session-2, `);
    expect(shown).toContain("Done by hand");
    expect(await one.print("inbox")).toContain("Nothing new");
  });

  it("tells the session that works on it, with the reason", async () => {
    const { one, two, id } = await open();
    await one.print("accept", id);
    await one.print("start", id);
    await two.print("cancel", id, "-m", "Done by hand");
    const shown = await one.print("inbox", "--mark-read");
    expect(shown).toContain(`Cancelled: ${id} of session-2, which you had accepted, `);
    expect(shown).toContain("Done by hand");
    expect(await one.json("inbox")).toMatchObject({ cancelled: [] });
  });
});
