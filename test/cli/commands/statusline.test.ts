import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Console } from "../../support/console.ts";
import { Sandbox } from "../../support/sandbox.ts";

const sandbox = new Sandbox();
const one = new Console(sandbox, { env: { CLAUDE_CODE_SESSION_ID: "tool-1" } });
const two = new Console(sandbox, { env: { CLAUDE_CODE_SESSION_ID: "tool-2" } });
let hub: string;

beforeAll(async () => {
  hub = await sandbox.bareHub();
  await one.print("init", "--remote", hub);
  await one.print("register", "session-1");
  await two.print("register", "session-2");
});
afterAll(() => sandbox.close());

/** Returns the line for a tool that writes its session on stdin. */
function told(input: object | string): Promise<string> {
  const text = typeof input === "string" ? input : JSON.stringify(input);
  return new Console(sandbox, { readInputWithin: async () => text }).print("statusline");
}

describe("hive statusline", () => {
  it("shows the number of alive sessions, and of unread messages if any", async () => {
    expect(await one.print("statusline")).toBe("hive 2●\n");
    await two.print("broadcast", "Hello");
    expect(await one.print("statusline")).toBe("hive 2● 1✉\n");
    expect(await one.json("statusline")).toEqual({ alive: 2, unread: 1, needs: 0 });
  });

  it("is for the session and the directory that the tool names on stdin", async () => {
    expect(await told({ session_id: "tool-1" })).toBe("hive 2● 1✉\n");
    expect(await told({ session_id: "tool-2" })).toBe("hive 2●\n");
    const elsewhere = sandbox.folder("elsewhere");
    await one.with({ directory: elsewhere }).print("init");
    expect(await told({ session_id: "tool-3", cwd: elsewhere })).toBe("hive 0●\n");
    // A session shows its own hub, wherever it goes.
    expect(await told({ session_id: "tool-1", cwd: elsewhere })).toBe("hive 2● 1✉\n");
  });

  it.each(["", "no JSON", "[1]", "null", '{"session_id":7,"cwd":"relative"}', '{"session_id":"../../x"}'])(
    "is for no session when stdin is %j",
    async (input) => {
      expect(await told(input)).toBe("hive 2●\n");
    },
  );

  it("shows another host's messages as soon as this host has fetched them", async () => {
    const elsewhere = sandbox.host("b");
    const other = new Console(sandbox, { env: { HIVE_STATE_DIR: elsewhere.env.HIVE_STATE_DIR ?? "" } });
    await other.print("--hub", `file://${hub}`, "--as", "session-2", "broadcast", "From another host");
    expect(await one.print("statusline")).toBe("hive 2● 2✉\n");
  });

  it("counts shown but unread messages, and no messages that were read here or on another host", async () => {
    await one.print("inbox", "--limit", "1");
    expect(await one.print("statusline")).toBe("hive 2● 2✉\n");
    await one.print("inbox", "--mark-read", "--limit", "1");
    expect(await one.print("statusline")).toBe("hive 2● 1✉\n");
    const elsewhere = sandbox.host("c");
    const there = new Console(sandbox, { env: { HIVE_STATE_DIR: elsewhere.env.HIVE_STATE_DIR ?? "" } });
    for (const act of [
      ["inbox", "--mark-read"],
      ["status", "Reading"],
    ])
      await there.print("--hub", `file://${hub}`, "--as", "session-1", ...act);
    expect(await one.print("statusline")).toBe("hive 2●\n");
  });

  it("counts only alive sessions", async () => {
    sandbox.clock.now += 3_600_000;
    await one.print("heartbeat");
    expect(await one.print("statusline")).toBe("hive 1●\n");
  });

  it("prints nothing where no hub is set up or reached, and never fails", async () => {
    const nowhere = new Sandbox();
    const quiet = { code: 0, out: "", err: "" };
    const console = new Console(nowhere);
    expect(await console.run("statusline")).toEqual(quiet);
    expect(await console.json("statusline")).toEqual({});
    for (const HIVE_HUB of ["https://127.0.0.1:1/hub.git", "/nowhere", "ext::sh"])
      expect(await console.with({ env: { HIVE_HUB } }).run("statusline")).toEqual(quiet);
    await nowhere.close();
  });
});
