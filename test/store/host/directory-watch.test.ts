import { mkdirSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { performance } from "node:perf_hooks";
import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { DirectoryWatch } from "../../../src/store/host/directory-watch.ts";
import { HostLock } from "../../../src/store/host/host-lock.ts";
import { openSandbox } from "../../support/git-sandbox.ts";

/** Far longer than a bell looks for by itself. */
const LONG = 60_000;

function open() {
  const { directory } = openSandbox();
  const [results, lock] = [join(directory, "results"), join(directory, "lock")];
  const watch = new DirectoryWatch([results, lock]);
  onTestFinished(() => watch.close());
  return { watch, results, lock };
}

/** How long something takes, in milliseconds. */
async function timeOf(act: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await act();
  return performance.now() - started;
}

/** Lets what has rung so far be heard, so that only what comes next counts. */
async function quiet(watch: DirectoryWatch): Promise<void> {
  while ((await timeOf(() => watch.nextChange(60))) < 50);
}

/** Ten times over takes far less than looking for oneself ten times over. */
const TIMES = Array.from({ length: 10 }, (_, index) => String(index));
const SOON = 2500;

describe("a bell rings at once", () => {
  it.each<[string, (path: string) => unknown]>([
    ["a file is made", (path) => writeFileSync(`${path}.new`, "")],
    [
      "a file comes from elsewhere",
      (path) => renameSync(join(path, "../..", basename(path)), `${path}.moved`),
    ],
    ["a file is emptied", (path) => truncateSync(path)],
    ["a file is removed", (path) => rmSync(path)],
  ])("when %s while somebody listens, in either directory", async (_, change) => {
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

  it("when a lock was given back before anybody listened, and then no more", async () => {
    const { watch, lock } = open();
    const took = await timeOf(async () => {
      for (const _ of TIMES) {
        HostLock.take(lock)?.release();
        // The system has told it by then, and nobody has listened.
        await turn();
        await watch.nextChange(LONG);
      }
    });
    expect(took).toBeLessThan(SOON);
    await quiet(watch);
    expect(await timeOf(() => watch.nextChange(100))).toBeGreaterThan(90);
  });
});

describe("a bell that nobody rings", () => {
  it("is given up after the time that was asked for", async () => {
    const { watch } = open();
    await quiet(watch);
    const took = await timeOf(async () => {
      for (const _ of TIMES) await watch.nextChange(50);
      for (const most of [0, -5]) await watch.nextChange(most);
    });
    expect(took).toBeGreaterThan(400);
    expect(took).toBeLessThan(SOON);
  });

  it("lets one look anyway, well before a long time is over, for a death makes no sound", async () => {
    const { watch } = open();
    await quiet(watch);
    expect(await timeOf(() => watch.nextChange(LONG))).toBeLessThan(5000);
  });
});

describe("a bell's directories", () => {
  it("are made, for this user alone, where they are not there yet", () => {
    const { results, lock } = open();
    expect([results, lock].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o700]);
  });

  it("may be removed and come back without an error", async () => {
    const { watch, results } = open();
    rmSync(results, { recursive: true });
    mkdirSync(results);
    for (const _ of [1, 2]) expect(await timeOf(() => watch.nextChange(LONG))).toBeLessThan(5000);
  });
});

it("a bell that is closed may be closed again, and lets one look", async () => {
  const { watch } = open();
  watch.close();
  watch.close();
  expect(await timeOf(() => watch.nextChange(20))).toBeLessThan(5000);
});
