import { spawnSync } from "node:child_process";
import process from "node:process";
import { describe, expect, it } from "vitest";
import { openSandbox } from "../support/git-sandbox.ts";
import { hubWith } from "../support/hub-with.ts";
import { MAIN, Machine } from "../support/processes.ts";

/** The calls on the way of a write that can fail: files, directories, names, the start of git. */
const CALLS = [
  { call: "fsync", errors: ["EIO", "ENOSPC"], most: 6 },
  { call: "rename", errors: ["EIO"], most: 10 },
  { call: "linkat,link", errors: ["EIO"], most: 4 },
  { call: "unlink,unlinkat", errors: ["EIO", "EROFS"], most: 10 },
  { call: "mkdir", errors: ["ENOSPC"], most: 6 },
  { call: "ftruncate", errors: ["EIO"], most: 3 },
  { call: "vfork,clone,clone3", errors: ["EAGAIN"], most: 14 },
  { call: "execve", errors: ["ENOENT", "EACCES"], most: 6 },
] as const;

const hasStrace = spawnSync("strace", ["-V"]).status === 0;

/** What an exit code promises of the operation: how often it may be in the history once everything was sent. */
const PROMISES: Readonly<Record<string, readonly number[]>> = {
  0: [1],
  1: [0],
  2: [0],
  3: [0],
  4: [1],
  5: [0],
};

describe.skipIf(!hasStrace)("a write of which one system call fails (needs strace)", () => {
  it.each(["path", "file"])(
    "keeps what its exit code promises, whichever call it is: a hub by %s",
    async (kind) => {
      const sandbox = openSandbox();
      const hub = await hubWith(sandbox, "session-1");
      const machine = new Machine(sandbox, "a", { HIVE_HUB: kind === "path" ? hub : `file://${hub}` });
      await machine.print("broadcast", "before", "--as", "session-1");
      const broken: string[] = [];
      let ran = 0;
      for (const { call, errors, most } of CALLS)
        for (const error of errors)
          for (let nth = 1; nth <= most; nth++) {
            const text = `text ${kind} ${call} ${error} ${nth}`.replaceAll(",", "+");
            const inject = `inject=${call}:error=${error}:when=${nth}`;
            const argv = ["-f", "-qq", "-o", "/dev/null", "-e", `trace=${call}`, "-e", inject];
            const hive = [process.execPath, MAIN, "broadcast", text, "--as", "session-1", "--timeout", "20s"];
            const { code, err } = await machine.run("strace", [...argv, ...hive]);
            await machine.hive("sync");
            const subjects = (await sandbox.history(hub)).map(({ subject }) => subject);
            const times = subjects.filter((subject) => subject.endsWith(`: ${text}`)).length;
            ran++;
            // A process that the failure ended told nothing, so both may be.
            const allowed = PROMISES[String(code)] ?? [0, 1];
            const isTrue = allowed.includes(times) && !/\n\s+at /.test(err);
            if (!isTrue) broken.push(`${text}: exit ${code}, landed ${times} times; ${err.trim()}`);
          }
      expect(broken).toEqual([]);
      expect(ran).toBeGreaterThan(60);
    },
  );
});
