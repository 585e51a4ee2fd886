import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { gitAt } from "../../../src/store/git/git.ts";
import { StuckLocks } from "../../../src/store/git/stuck-locks.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { openHttpHub } from "../../support/http-hub.ts";
import { placeOf } from "../../support/hub-store.ts";
import { hubWith, say } from "../../support/hub-with.ts";

const PATIENCE = 60;

/** A repository with a lock in it, and what git prints when the lock blocks it. */
async function open(name = "repository.git", lock = "refs/heads/main.lock") {
  const sandbox = openSandbox();
  const path = sandbox.folder(name);
  await sandbox.git(path, "init", "--quiet", "--bare", ".");
  const commit = await sandbox.git(path, "commit-tree", "-m", "x", await sandbox.git(path, "mktree"));
  const put = () => writeFileSync(join(path, lock), "");
  put();
  const said = (directory = path) => {
    const { stderr } = gitAt(directory, sandbox.env).runNow(["update-ref", "refs/heads/main", commit], "");
    expect(stderr).toContain("File exists");
    return stderr;
  };
  return { sandbox, path, lock: join(path, lock), put, said, locks: new StuckLocks(path, PATIENCE) };
}

/** Retries until a lock is removed; returns how many milliseconds that took. Gives up after a long time. */
async function clearing(locks: StuckLocks, said: string): Promise<number> {
  const started = performance.now();
  while (!locks.clear(said)) {
    if (performance.now() - started > 10 * PATIENCE) throw new Error("it was not cleared");
    await turn();
  }
  return performance.now() - started;
}

describe("a lock that a killed git left", () => {
  it("is removed once it has stayed unchanged for long enough, and not before", async () => {
    const { locks, lock, said } = await open();
    expect(await clearing(locks, said())).toBeGreaterThanOrEqual(PATIENCE - 2);
    expect(existsSync(lock)).toBe(false);
  });

  it("is distinguished from a new one of the same name, which gets its own time", async () => {
    const { locks, lock, put, said } = await open();
    const words = said();
    locks.clear(words);
    const started = performance.now();
    while (performance.now() - started < PATIENCE + 5) await turn();
    rmSync(lock);
    writeFileSync(`${lock}.other`, "");
    put();
    expect(locks.clear(words)).toBe(false);
    expect(existsSync(lock)).toBe(true);
    await clearing(locks, words);
    expect(existsSync(lock)).toBe(false);
  });

  it("needs no action when it is already gone", async () => {
    const { locks, lock, said } = await open();
    const words = said();
    rmSync(lock);
    expect(locks.clear(words)).toBe(false);
  });

  it.each(["repository with spaces", "o'brien's", "$(x) `y`", "größe", "a.lock/b"])(
    "is found in a folder named %s",
    async (name) => {
      const { locks, lock, said } = await open(name);
      await clearing(locks, said());
      expect(existsSync(lock)).toBe(false);
    },
  );

  it("is found when the repository is reached by a link", async () => {
    const { sandbox, path, lock, said } = await open();
    const link = join(sandbox.directory, "link");
    symlinkSync(path, link);
    await clearing(new StuckLocks(link, PATIENCE), said(link));
    expect(existsSync(lock)).toBe(false);
  });
});

describe("a lock is not touched", () => {
  it.each([
    ["in another repository", "../other.git/refs/heads/main.lock"],
    ["beside it", "../main.lock"],
    ["in a repository whose name starts alike", "../repository.git2/x.lock"],
  ])("%s", async (_, path) => {
    const { locks, path: directory } = await open();
    const lock = join(directory, path);
    mkdirSync(dirname(lock), { recursive: true });
    writeFileSync(lock, "");
    const words = `fatal: Unable to create '${lock}': File exists.`;
    await expect(clearing(locks, words)).rejects.toThrow("it was not cleared");
    expect(existsSync(lock)).toBe(true);
  });

  it("when git failed for another reason", async () => {
    const { locks, lock } = await open();
    for (const words of ["", `error: ${lock}`, `fatal: Unable to create '${lock}': Permission denied`])
      await expect(clearing(locks, words)).rejects.toThrow("it was not cleared");
    expect(existsSync(lock)).toBe(true);
  });
});

describe("a write succeeds although a killed git left", () => {
  it.each(["refs/hive/main", "refs/hive/next", "packed-refs", "refs/hive/next-outbox"])(
    "%s.lock",
    async (name) => {
      const sandbox = openSandbox();
      await hubWith(sandbox, "session-1");
      const address = (await openHttpHub(sandbox)).url();
      const hive = await sandbox.hive(address);
      await hive.read([]);
      const store = await placeOf(sandbox, address);
      writeFileSync(join(store.repository.git.directory, `${name}.lock`), "");
      // As after a lost race, so that waiting operations are published on the hub too.
      store.traffic.lost();
      store.traffic.save();
      expect(await say(await sandbox.hive(address), "session-1", "Hello")).toMatchObject({ kind: "landed" });
    },
  );
});
