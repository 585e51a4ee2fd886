import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, it } from "vitest";
import { openSandbox } from "../support/git-sandbox.ts";
import { Machine } from "../support/processes.ts";
import type { Sandbox } from "../support/sandbox.ts";

const READING = [
  ...[
    ["sync"],
    ["inbox"],
    ["log"],
    ["find-help", "ui"],
    ["match", "Build a page"],
    ["search", "late"],
    ["claims"],
  ],
  ...[
    ["metrics"],
    ["skills"],
    ["availability", "session-1"],
    ["outbox"],
    ["whoami"],
    ["validate"],
    ["prime"],
  ],
  ...[["--offline", "sync"], ["statusline"]],
];

function run(...[file = "", ...argv]: string[]): boolean {
  try {
    execFileSync(file, argv, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Puts a small file system in the place of a directory, with the same content. */
function mountOver(sandbox: Sandbox, directory: string): void {
  renameSync(directory, `${directory}.old`);
  mkdirSync(directory);
  run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", directory);
  sandbox.atEnd(() => run("umount", directory));
  cpSync(`${directory}.old`, directory, { recursive: true });
}

const DISKS: Readonly<Record<string, (sandbox: Sandbox, directory: string) => void>> = {
  "is full": (sandbox, directory) => {
    mountOver(sandbox, directory);
    run("dd", "if=/dev/zero", `of=${join(directory, "fill")}`, "bs=1k", "count=9000");
  },
  "is read-only": (sandbox, directory) => {
    mountOver(sandbox, directory);
    run("mount", "-o", "remount,ro", directory);
  },
};

const mayMount = process.getuid?.() === 0 && canMount();

function canMount(): boolean {
  const directory = join("/tmp", `mount-${process.pid}`);
  mkdirSync(directory);
  const isMounted = run("mount", "-t", "tmpfs", "tmpfs", directory);
  if (isMounted) run("umount", directory);
  rmSync(directory, { recursive: true });
  return isMounted;
}

describe.skipIf(!mayMount).each(Object.entries(DISKS))("where the state directory %s", (_, spoil) => {
  it.each(["path", "file"])("reading commands answer with the newest state, on a hub by %s", async (kind) => {
    const sandbox = openSandbox();
    const path = await sandbox.bareHub();
    const hub = kind === "path" ? path : `file://${path}`;
    const options = { HIVE_HUB: hub, HIVE_SESSION: "session-1" };
    const [machine, other] = ["one", "two"].map((name) => new Machine(sandbox, name, options)) as [
      Machine,
      Machine,
    ];
    await machine.print("init", "--remote", hub);
    await machine.print("register", "session-1", "--skill", "ui");
    await machine.hive("--offline", "broadcast", "Waits");
    await other.print("register", "session-2", "--skill", "ui");
    await other.print("broadcast", "A late message", "--as", "session-2");
    spoil(sandbox, machine.variables.HIVE_STATE_DIR ?? "");
    for (const call of READING) {
      const { code, err } = await machine.hive(...call);
      expect({ call, code, lines: err.split("\n").length }).toEqual({
        call,
        code: 0,
        lines: expect.any(Number),
      });
      expect(err).not.toMatch(/\n {4}at /);
    }
    const synced = await machine.hive("sync");
    expect(synced.out).toContain("session-2");
    expect(synced.err).toMatch(/cannot be written: .*\n1 operation not sent yet/);
    expect((await machine.hive("inbox", "--all")).out).toContain("A late message");
    const written = await machine.hive("broadcast", "Not stored");
    expect(written.code).toBe(1);
    expect(written.err).toContain("/outbox/");
    const repaired = await machine.hive("doctor", "--fix", "--json");
    expect(JSON.parse(repaired.out)).toHaveProperty("checks");
    expect(readdirSync(machine.variables.TMPDIR ?? "")).toEqual([]);
  });
});

it("a first contact below a state directory that cannot be made reads the hub and keeps nothing", async () => {
  const sandbox = openSandbox();
  const hub = `file://${await sandbox.bareHub()}`;
  await new Machine(sandbox, "one").print("init", "--remote", hub);
  const two = new Machine(sandbox, "two", { HIVE_HUB: hub, HIVE_STATE_DIR: "/proc/no-such-directory" });
  const synced = await two.hive("sync");
  expect(synced).toMatchObject({
    code: 0,
    err: expect.stringMatching(/^\/proc\/.* cannot be written: .*\n$/),
  });
  expect(await two.hive("statusline")).toMatchObject({ code: 0, err: "" });
  expect(readdirSync(two.variables.TMPDIR ?? "")).toEqual([]);
});
