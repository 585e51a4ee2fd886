import { mkdirSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { performance } from "node:perf_hooks";
import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { DirectoryWatch } from "../../../src/store/host/directory-watch.ts";
import { HostLock } from "../../../src/store/host/host-lock.ts";
import { openSandbox } from "../../support/git-sandbox.ts";

/** Far longer than the watch's own polling interval. */
const LONG = 60_000;

function open() {
  const { directory } = openSandbox();
  const [results, lock] = [join(directory, "results"), join(directory, "lock")];
  const watch = new DirectoryWatch([results, lock]);
  onTestFinished(() => watch.close());
  return { watch, results, lock };
}

/** How long an action takes, in milliseconds. */
async function timeOf(act: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await act();
  return performance.now() - started;
}

/** Consumes the changes so far, so that only later ones count. */
async function quiet(watch: DirectoryWatch): Promise<void> {
  while ((await timeOf(() => watch.nextChange(60))) < 50);
}

/** Ten repetitions take far less time than ten polling intervals. */
const TIMES = Array.from({ length: 10 }, (_, index) => String(index));
const SOON = 2500;

describe("a watch reports at once", () => {
  it.each<[string, (path: string) => unknown]>([
    ["a file is created", (path) => writeFileSync(`${path}.new`, "")],
    ["a file is moved in", (path) => renameSync(join(path, "../..", basename(path)), `${path}.moved`)],
    ["a file is emptied", (path) => truncateSync(path)],
    ["a file is removed", (path) => rmSync(path)],
  ])("when %s during a wait, in either directory", async (_, change) => {
    const { watch, results, lock } = open();
    for (const name of TIMES)
      for (const path of [join(results, name), join(lock, name), join(results, "..", name)])
        writeFileSync(path, "x");
    await quiet(watch);
    const took = await timeOf(async () => {
      for (const [index, name] of TIMES.entries()) {
        const heard = watch.nextChange(LONG);
        change(join(index % 2 === 0 ? results : lock, name));
        await heard;
      }
    });
    expect(took).toBeLessThan(SOON);
  });

  it("when a lock was released before the wait, and then no more", async () => {
    const { watch, lock } = open();
    const took = await timeOf(async () => {
      for (const _ of TIMES) {
        HostLock.take(lock)?.release();
        // By then the system has reported the change, and nothing has waited for it.
        await turn();
        await watch.nextChange(LONG);
      }
    });
    expect(took).toBeLessThan(SOON);
    await quiet(watch);
    expect(await timeOf(() => watch.nextChange(100))).toBeGreaterThan(90);
  });
});

describe("a watch without changes", () => {
  it("ends the wait after the requested time", async () => {
    const { watch } = open();
    await quiet(watch);
    const took = await timeOf(async () => {
      for (const _ of TIMES) await watch.nextChange(50);
      for (const most of [0, -5]) await watch.nextChange(most);
    });
    expect(took).toBeGreaterThan(400);
    expect(took).toBeLessThan(SOON);
  });

  it("ends a long wait early, because the death of a process changes no file", async () => {
    const { watch } = open();
    await quiet(watch);
    expect(await timeOf(() => watch.nextChange(LONG))).toBeLessThan(5000);
  });
});

describe("the directories of a watch", () => {
  it("are created, for this user only, when they do not exist", () => {
    const { results, lock } = open();
    expect([results, lock].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o700]);
  });

  it("may be removed and created again without an error", async () => {
    const { watch, results } = open();
    rmSync(results, { recursive: true });
    mkdirSync(results);
    for (const _ of [1, 2]) expect(await timeOf(() => watch.nextChange(LONG))).toBeLessThan(5000);
  });
});

it("a closed watch may be closed again, and ends a wait", async () => {
  const { watch } = open();
  watch.close();
  watch.close();
  expect(await timeOf(() => watch.nextChange(20))).toBeLessThan(5000);
});
