import { once } from "node:events";
import process from "node:process";
import { describe, expect, it, onTestFinished } from "vitest";
import { openSandbox } from "../support/git-sandbox.ts";
import { ended, MAIN, Machine } from "../support/processes.ts";

describe("hive watch, as a program", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("prints new entries and ends with 0 on %s", async (signal) => {
    const machine = new Machine(openSandbox(), "a", { HIVE_SESSION: "session-1" });
    await machine.print("init");
    await machine.print("register", "session-1");
    const child = machine.start(process.execPath, [MAIN, "watch", "--kind", "broadcast"]);
    onTestFinished(() => void child.kill("SIGKILL"));
    const end = ended(child);
    const printed = child.stdout ? once(child.stdout, "data") : Promise.reject(new Error("no output"));
    const isPrinted = printed.then(() => true);
    // The first operations may land before it has started.
    while (!(await Promise.race([isPrinted, machine.print("broadcast", "Hello").then(() => false)])));
    child.kill(signal);
    expect(await end).toMatchObject({ code: 0, signal: null, err: "" });
    expect((await end).out).toMatch(/^(?:\w{7} \S+ {2}session-1 to all: Hello\n)+$/);
  });

  it("ends when its pipe is closed, as in hive watch | head -1", async () => {
    const machine = new Machine(openSandbox(), "a", { HIVE_SESSION: "session-1" });
    await machine.print("init");
    await machine.print("register", "session-1");
    const child = machine.start(process.execPath, [MAIN, "watch"]);
    onTestFinished(() => void child.kill("SIGKILL"));
    child.stdout?.destroy();
    const end = ended(child).then(({ code }) => code);
    for (;;) {
      const code = await Promise.race([end, machine.print("broadcast", "Hello").then(() => "running")]);
      if (code === "running") continue;
      expect(code).toBe(0);
      break;
    }
  });
});
