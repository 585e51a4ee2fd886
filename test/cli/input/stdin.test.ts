import { expect, it } from "vitest";
import { Console, errorOf } from "../../support/console.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { hubWith } from "../../support/hub-with.ts";

it("a stdin that cannot be read is named, and nothing is written", async () => {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, "session-1", "session-2");
  const before = await sandbox.git(hub, "rev-parse", "main");
  const closed = Object.assign(new Error("EBADF: bad file descriptor, read"), { syscall: "read" });
  const env = { HIVE_HUB: hub, HIVE_SESSION: "session-1" };
  const console = new Console(sandbox, { readInput: () => Promise.reject(closed), env });
  for (const argv of [
    ["broadcast", "-"],
    ["send", "session-2", "-"],
    ["request", "session-2", "-"],
  ]) {
    const ran = await console.run("--json", ...argv);
    expect(ran.code).toBe(2);
    expect(errorOf(ran)).toMatchObject({
      code: "stdin_unreadable",
      message: expect.stringContaining("EBADF"),
    });
  }
  expect(await sandbox.git(hub, "rev-parse", "main")).toBe(before);
});
