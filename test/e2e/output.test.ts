import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import process from "node:process";
import { describe, expect, it } from "vitest";
import { openSandbox } from "../support/git-sandbox.ts";
import { hubWith } from "../support/hub-with.ts";
import { MAIN, Machine } from "../support/processes.ts";

/** Runs hive with its stdout on a device that takes nothing. */
function withoutRoom(
  machine: Machine,
  argv: readonly string[],
): Promise<{ code: number | null; err: string }> {
  const full = openSync("/dev/full", "w");
  const child = spawn(process.execPath, [MAIN, ...argv], {
    cwd: machine.directory,
    env: machine.variables,
    stdio: ["ignore", full, "pipe"],
  });
  closeSync(full);
  let err = "";
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    err += chunk;
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, err })));
}

describe.skipIf(!existsSync("/dev/full"))("an answer that cannot be printed", () => {
  it.each([
    ["a read", ["sync"], "did its work"],
    ["a read as JSON", ["sync", "--json"], "did its work"],
    ["a write, which has landed", ["broadcast", "once", "--as", "session-1"], "did its work"],
    ["help", ["--help"], "did its work"],
    ["a queued write", ["broadcast", "later", "--as", "session-1", "--offline"], "ended with exit code 4"],
  ])("is told as that, and not as a failure of the command: %s", async (_, argv, end) => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, "session-1");
    const machine = new Machine(sandbox, "a", { HIVE_HUB: `file://${hub}` });
    await machine.print("sync");
    const { code, err } = await withoutRoom(machine, argv);
    expect(code).toBe(1);
    expect(err).toContain(end);
    expect(err).toContain("could not be printed: ENOSPC");
    expect(err).toContain("hive outbox");
    expect(err).not.toMatch(/\n\s+at /);
  });

  it("has its write in the hub once", async () => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, "session-1");
    const machine = new Machine(sandbox, "a", { HIVE_HUB: `file://${hub}` });
    await withoutRoom(machine, ["broadcast", "once", "--as", "session-1"]);
    const log = await machine.print("log");
    expect(log.match(/once/g)).toHaveLength(1);
  });
});
