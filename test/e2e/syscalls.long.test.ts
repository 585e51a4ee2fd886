import { spawnSync } from "node:child_process";
import process from "node:process";
import { describe, expect, it } from "vitest";
import { openSandbox } from "../support/git-sandbox.ts";
import { hubWith } from "../support/hub-with.ts";
import { type EndedProcess, MAIN, Machine } from "../support/processes.ts";

/** The calls on the way of a write that can fail, and how many of each: files, directories and names. */
const CALLS = [
  { call: "fsync", errors: ["EIO", "ENOSPC"], most: 6 },
  { call: "rename", errors: ["EIO"], most: 8 },
  { call: "linkat,link", errors: ["EIO"], most: 4 },
  { call: "unlink,unlinkat", errors: ["EIO", "EROFS"], most: 8 },
  { call: "mkdir", errors: ["ENOSPC"], most: 3 },
  { call: "ftruncate", errors: ["EIO"], most: 2 },
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

interface Answer extends EndedProcess {
  readonly text: string;
}

/** Whether an answer is what became of the operation. A process that the failure itself ended has told nothing. */
function isTrue({ text, code, signal, err }: Answer, subjects: readonly string[]): boolean {
  const times = subjects.filter((subject) => subject.endsWith(`: ${text}`)).length;
  const allowed = PROMISES[String(code)] ?? (signal === "SIGKILL" || code === 137 ? [] : [0, 1]);
  return allowed.includes(times) && !/\n\s+at /.test(err);
}

describe.skipIf(!hasStrace)("a write of which one system call fails (needs strace)", () => {
  it.each(["path", "file"])(
    "keeps what its exit code promises, whichever call it is: a hub by %s",
    async (kind) => {
      const sandbox = openSandbox();
      const hub = await hubWith(sandbox, "session-1");
      const machine = new Machine(sandbox, "a", { HIVE_HUB: kind === "path" ? hub : `file://${hub}` });
      await machine.print("broadcast", "before", "--as", "session-1");
      const calls = CALLS.flatMap(({ call, errors, most }) =>
        errors.flatMap((error) =>
          Array.from({ length: most }, (_, index) => ({ call, error, nth: index + 1 })),
        ),
      );
      const answers: Answer[] = [];
      for (const { call, error, nth } of calls) {
        const text = `${call} ${error} ${nth}`.replaceAll(",", "+");
        const inject = `inject=${call}:error=${error}:when=${nth}`;
        const strace = ["--seccomp-bpf", "-f", "-qq", "-o", "/dev/null", "-e", `trace=${call}`, "-e", inject];
        const hive = [process.execPath, MAIN, "broadcast", text, "--as", "session-1", "--timeout", "3s"];
        answers.push({
          text,
          ...(await machine.run("timeout", ["-s", "KILL", "60", "strace", ...strace, ...hive])),
        });
      }
      await machine.print("sync");
      const subjects = (await sandbox.history(hub)).map(({ subject }) => subject);
      const broken = answers.filter((answer) => !isTrue(answer, subjects));
      expect(broken).toEqual([]);
      expect(answers.length).toBeGreaterThan(40);
    },
  );
});
