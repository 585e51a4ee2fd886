import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, it } from "vitest";
import { unchanged } from "../../../src/store/health/leftovers.ts";
import { HostLock } from "../../../src/store/host/host-lock.ts";
import { formatProcessId, thisProcess } from "../../../src/store/host/process-id.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { KnownHub } from "../../support/known-hub.ts";

/** The id of a process that has ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ["--version"]).pid;
}

function setUp() {
  return KnownHub.open(openSandbox());
}

describe("locks that a killed git left in the replica", () => {
  it("are found, and removed by --fix", async () => {
    const known = await setUp();
    const names = ["refs/hive/main.lock", "packed-refs.lock", "config.lock", "shallow.lock"];
    for (const name of names) writeFileSync(join(known.replica, name), "");
    const left = () => names.filter((name) => existsSync(join(known.replica, name)));
    const seen = await known.examine({ isOffline: true });
    expect(seen.find("locks")).toMatchObject({ state: "note", next: "hive doctor --fix" });
    expect(seen.find("locks").message).toMatch(/left 4 locks: \/.*\.lock\.$/);
    expect(left()).toEqual(names);
    const { fixed, find } = await known.examine({ repairs: true });
    expect(fixed).toEqual(["Removed 4 locks of killed git processes."]);
    expect(find("locks").state).toBe("ok");
    expect(left()).toEqual([]);
  });

  it("are kept while a git uses them", async () => {
    const sandbox = openSandbox();
    const paths = ["kept", "gone", "grown", "made anew"].map((name) => join(sandbox.directory, name));
    for (const path of paths) writeFileSync(path, "");
    const watching = unchanged([...paths, join(sandbox.directory, "never there")], 200);
    const [, gone = "", grown = "", anew = ""] = paths;
    renameSync(gone, `${gone}.other`);
    writeFileSync(grown, "more");
    renameSync(anew, `${anew}.other`);
    writeFileSync(anew, "");
    expect(await watching).toEqual(paths.slice(0, 1));
  });
});

describe("the host's lock", () => {
  it("of a dead process is reported, and blocks no write", async () => {
    const known = await setUp();
    const pid = deadPid();
    mkdirSync(join(known.directory, "lock"), { recursive: true });
    const owner = formatProcessId({ ...thisProcess(), pid, start: "1" });
    writeFileSync(join(known.directory, "lock", "99"), owner);
    const { find, bad } = await known.examine();
    expect({ bad, state: find("locks").state }).toEqual({ bad: [], state: "note" });
    expect(find("locks").message).toContain(`Process ${pid} died`);
    await known.queue("Hello");
    await known.open((hive) => hive.outbox.send());
    expect((await known.examine()).find("locks").message).toBe("Nothing is locked.");
  });

  it.each([
    ["in another container", formatProcessId({ ...thisProcess(), space: "elsewhere" })],
    ["of an earlier version, whose number is not in use here", "4194305-1"],
  ])("of a process that cannot be judged is ok, and blocks no write for long: %s", async (_, owner) => {
    const known = await setUp();
    await known.queue("Hello");
    mkdirSync(join(known.directory, "lock"), { recursive: true });
    writeFileSync(join(known.directory, "lock", "99"), owner);
    const { find, bad } = await known.examine();
    expect({ bad, state: find("locks").state }).toEqual({ bad: [], state: "ok" });
    expect(find("locks").message).toContain("another container");
    await known.open((hive) => hive.outbox.send());
    expect((await known.examine()).find("locks").message).toBe("Nothing is locked.");
    expect(await known.open((hive) => hive.outbox.count())).toEqual({ unsent: 0, refused: 0 });
  });

  it("of a writing process is ok", async () => {
    const known = await setUp();
    const lock = HostLock.take(join(known.directory, "lock"));
    const { find } = await known.examine();
    expect(find("locks")).toMatchObject({
      state: "ok",
      message: `Process ${process.pid} is writing right now.`,
    });
    lock?.release();
  });
});

describe("a file that an ended process left", () => {
  const pid = deadPid();

  it("is found, and removed by --fix", async () => {
    const known = await setUp();
    const halfWritten = [
      "outbox/01KG9M2V0000000000000000AA.json",
      "results/x@1-1.json",
      "pace.json",
      "lock/7",
    ];
    const names = [
      ...halfWritten.map((name) => `${name}.${formatProcessId({ ...thisProcess(), pid })}.tmp`),
      `replica.git/fast_import_crash_${pid}`,
      ...["replica.git.aB3xYz/config", "replica.git.C4wVuT/broken/config"],
    ];
    for (const name of names) {
      mkdirSync(join(known.directory, name, ".."), { recursive: true });
      writeFileSync(join(known.directory, name), "x");
    }
    const left = () => names.filter((name) => existsSync(join(known.directory, name)));
    const seen = await known.examine();
    expect(seen.find("leftovers")).toMatchObject({ state: "note", next: "hive doctor --fix" });
    expect(left()).toEqual(names);
    const { fixed, find } = await known.examine({ repairs: true });
    expect(fixed).toEqual(["Removed 7 leftovers of ended processes."]);
    expect(find("leftovers").state).toBe("ok");
    expect(left()).toEqual([]);
    expect(existsSync(join(known.replica, "config"))).toBe(true);
  });

  it("is a partial object only when it is older than the longest git command", async () => {
    const known = await setUp();
    const [old, young] = ["tmp_obj_old", "pack/tmp_pack_young"].map((name) =>
      join(known.replica, "objects", name),
    );
    for (const path of [old, young]) writeFileSync(path ?? "", "x");
    const at = (hoursBack: number) => known.sandbox.clock.now / 1000 - hoursBack * 3600;
    utimesSync(old ?? "", at(2), at(2));
    utimesSync(young ?? "", at(0.5), at(0.5));
    await known.examine({ repairs: true });
    expect([old, young].map((path) => existsSync(path ?? ""))).toEqual([false, true]);
  });

  it.each([
    ["in another container", formatProcessId({ ...thisProcess(), space: "elsewhere" })],
    ["of an earlier version", String(pid)],
  ])("is one of a process that cannot be judged only when it is old: %s", async (_, id) => {
    const known = await setUp();
    const [old, young] = ["old", "young"].map((name) => join(known.directory, `${name}.json.${id}.tmp`));
    for (const [path = "", hours] of [[old, 2] as const, [young, 0.5] as const]) {
      writeFileSync(path, "x");
      const at = known.sandbox.clock.now / 1000 - hours * 3600;
      utimesSync(path, at, at);
    }
    await known.examine({ repairs: true });
    expect([old, young].map((path) => existsSync(path ?? ""))).toEqual([false, true]);
  });

  it.each([
    ["as it names it", formatProcessId(thisProcess())],
    ["of an earlier version", String(process.pid)],
  ])("is not the temporary file of a living process: %s", async (_, id) => {
    const known = await setUp();
    const path = join(known.directory, `other.json.${id}.tmp`);
    writeFileSync(path, "x");
    const { fixed, find } = await known.examine({ repairs: true });
    expect({ fixed, state: find("leftovers").state }).toEqual({ fixed: [], state: "ok" });
    expect(existsSync(path)).toBe(true);
  });
});

describe("the outbox", () => {
  it("reports how many operations wait, and since when", async () => {
    const known = await setUp();
    await known.queue("One");
    known.sandbox.clock.now += 7_200_000;
    await known.queue("Two");
    const { find, bad } = await known.examine();
    expect(bad).toEqual([]);
    expect(find("unsent")).toEqual({
      name: "unsent",
      state: "note",
      message: "2 operations not sent yet, the oldest since 2h.",
      next: "hive sync",
    });
  });

  it("reports refused operations", async () => {
    const known = await setUp();
    await known.open((hive) => hive.submit("decline", { request: "collab-1" }, known.session), {
      isOffline: true,
    });
    await known.open((hive) => hive.outbox.send());
    expect((await known.examine()).find("unsent")).toMatchObject({
      state: "note",
      message: "1 operation refused.",
      next: "hive outbox",
    });
  });

  it.each([
    ["torn", '{"operation":{"op":"01KG9M2V00'],
    ["empty", ""],
    ["garbage", "\0\xff\n"],
    ["of another operation", '{"operation":{},"since":null}'],
  ])("moves a file aside that is %s, and the other operations land", async (_, text) => {
    const known = await setUp();
    const op = await known.queue("Hello");
    const name = "01KG9M2V0000000000000000AA.json";
    writeFileSync(join(known.directory, "outbox", name), text);
    const { bad, find } = await known.examine({ repairs: true });
    expect(bad).toEqual(["unsent"]);
    expect(find("unsent").message).toContain(join(known.directory, "outbox-broken", name));
    expect(readdirSync(join(known.directory, "outbox-broken"))).toEqual([name]);
    await known.open((hive) => hive.outbox.send());
    expect(await known.landed(op)).toBe(1);
  });
});
