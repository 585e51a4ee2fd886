import { writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, it } from "vitest";
import { openSandbox } from "../support/git-sandbox.ts";
import { ended, MAIN, Machine } from "../support/processes.ts";

const TOOL = { CLAUDE_CODE_SESSION_ID: "tool-1" };

describe("hive statusline, built", () => {
  it("starts no git, and contacts no remote", async () => {
    const sandbox = openSandbox();
    const machine = new Machine(sandbox, "one", TOOL);
    await machine.print("init", "--remote", `file://${await sandbox.bareHub()}`);
    await machine.print("register", "session-1");
    await machine.print("inbox");
    await machine.print("sync");
    // Every program on this PATH records that it was started.
    const path = sandbox.folder("traps");
    const trace = join(path, "started");
    writeFileSync(join(path, "git"), `#!/bin/sh\necho "$@" >> ${trace}\nexit 1\n`, { mode: 0o755 });
    const ran = await machine.run(process.execPath, [MAIN, "statusline"], { env: { PATH: path } });
    expect(ran).toEqual({ code: 0, signal: null, out: "hive 1●\n", err: "" });
    expect(() => writeFileSync(trace, "", { flag: "wx" })).not.toThrow();
  });

  it("does not wait for a stdin that stays open and silent", async () => {
    const sandbox = openSandbox();
    const machine = new Machine(sandbox, "one", TOOL);
    await machine.print("init");
    const child = machine.start(process.execPath, [MAIN, "statusline"]);
    expect(await ended(child)).toEqual({ code: 0, signal: null, out: "hive 0●\n", err: "" });
    child.stdin?.destroy();
  });

  it("reads the session from a tool that writes it and keeps stdin open", async () => {
    const sandbox = openSandbox();
    const machine = new Machine(sandbox, "one", TOOL);
    await machine.print("init");
    await machine.print("register", "session-1");
    const other = new Machine(sandbox, "one", { CLAUDE_CODE_SESSION_ID: "tool-2" });
    await other.print("register", "session-2");
    await other.print("broadcast", "Hello");
    const child = new Machine(sandbox, "one").start(process.execPath, [MAIN, "statusline"]);
    child.stdin?.write(JSON.stringify({ session_id: "tool-1", cwd: machine.directory }));
    expect((await ended(child)).out).toBe("hive 2● 1✉\n");
    child.stdin?.destroy();
  });
});
