import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import * as fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { HostLock } from "../../../src/store/host/host-lock.ts";
import { formatProcessId, thisProcess } from "../../../src/store/host/process-id.ts";
import { killed, nextPrinted, runTogether, startProgram } from "../../support/crew.ts";
import { openSandbox } from "../../support/git-sandbox.ts";

const PROGRAM = new URL("../../support/lock-program.ts", import.meta.url).pathname;

/** The directory of a lock that was taken or released before: its files by name. */
function lockWith(files: Readonly<Record<string, string>> = {}): string {
  const directory = openSandbox().folder("lock");
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
  return directory;
}

describe("among processes that compete for the lock", () => {
  it("never two have it at once, and each gets it in turn", async () => {
    const { directory } = openSandbox();
    const [lock, log] = [join(directory, "lock"), join(directory, "log")];
    await runTogether(PROGRAM, Array(5).fill(["often", lock, log, "50"]));
    const lines = readFileSync(log, "utf8").trimEnd().split("\n");
    expect(lines).toHaveLength(500);
    const overlaps = lines.filter((line, index) =>
      index % 2 === 0 ? !line.startsWith("in") : line !== lines[index - 1]?.replace("in", "out"),
    );
    expect(overlaps).toEqual([]);
    expect(readdirSync(lock)).toHaveLength(1);
  });

  it("a process that saw it free does not get it when another process took it at that moment", async () => {
    const lock = lockWith({ 5: "" });
    const late = startProgram(PROGRAM, "late", lock, formatProcessId(thisProcess()));
    expect(await nextPrinted(late)).toBe("not taken");
    expect(HostLock.holder(lock)).toMatchObject({ number: 6, owner: thisProcess() });
  });

  it("a living owner keeps it, and a killed owner is replaced at once", async () => {
    const lock = lockWith();
    const owner = startProgram(PROGRAM, "try", lock);
    expect(await nextPrinted(owner)).toBe("taken");
    expect(HostLock.holder(lock)?.owner.pid).toBe(owner.pid);
    expect(HostLock.take(lock)).toBeUndefined();
    await killed(owner);
    expect(HostLock.holder(lock)).toBeUndefined();
    expect(HostLock.take(lock)).toBeDefined();
    expect(HostLock.holder(lock)?.owner).toEqual(thisProcess());
  });

  it.runIf(existsSync("/proc/self/stat"))(
    "a later process with the id of a dead owner is not the owner",
    () => {
      const lock = lockWith({ 7: formatProcessId({ ...thisProcess(), start: "1" }) });
      expect(HostLock.holder(lock)).toBeUndefined();
      expect(HostLock.take(lock)).toBeDefined();
    },
  );
});

it.runIf(existsSync("/proc/self/stat"))(
  "an owner that has ended is dead, whether or not its parent has read its exit status",
  async () => {
    // A shell that becomes a program that never reads the exit status of its children. The child ends after that.
    const child = '(while read -r name </proc/$$/comm && [ "$name" = sh ]; do :; done)';
    const parent = spawn("sh", ["-c", `${child} & echo $!; exec sleep 60`], { stdio: "pipe" });
    onTestFinished(() => void parent.kill("SIGKILL"));
    const pid = await nextPrinted(parent);
    const stat = () => readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    while (stat()[0] !== "Z") await turn();
    const lock = lockWith({
      7: formatProcessId({ ...thisProcess(), pid: Number(pid), start: stat()[19] ?? "" }),
    });
    expect(HostLock.holder(lock)).toBeUndefined();
    expect(HostLock.take(lock)).toBeDefined();
  },
);

describe("an owner that cannot be judged", () => {
  const elsewhere = formatProcessId({ ...thisProcess(), space: "elsewhere" });

  it.each([
    ["in another container", elsewhere],
    ["of an earlier version, whose number nobody has here", "4194305-1"],
  ])("keeps the lock: %s", (_, owner) => {
    const lock = lockWith({ 7: owner });
    expect(HostLock.holder(lock)).toMatchObject({ number: 7, liveness: "unknown" });
    expect(HostLock.take(lock)).toBeUndefined();
  });

  it("is not succeeded once it has shown that it lives, and nobody waits for it longer", async () => {
    const lock = lockWith({ 7: elsewhere });
    const taking = HostLock.takeWithin(lock, 0);
    writeFileSync(join(lock, "7"), `${elsewhere}.`);
    expect(await taking).toBeUndefined();
  });

  it("shows that it lives while it has the lock, and is not there any more when it has released it", async () => {
    const lock = lockWith();
    const taken = HostLock.take(lock);
    const first = HostLock.holder(lock)?.sign;
    while (HostLock.holder(lock)?.sign === first) await turn();
    expect(HostLock.holder(lock)?.owner).toEqual(thisProcess());
    taken?.release();
    expect(HostLock.holder(lock)).toBeUndefined();
  });

  it("knows that it was succeeded, and changes nothing of its successor's", () => {
    const lock = lockWith();
    const first = HostLock.take(lock);
    expect(first?.isHeld).toBe(true);
    const second = HostLock.take(lock, 1);
    expect([first?.isHeld, second?.isHeld]).toEqual([false, true]);
    first?.release();
    expect(HostLock.holder(lock)).toMatchObject({ number: 2, owner: thisProcess() });
  });
});

describe("a lock", () => {
  it.each(["", "not a process", "12-\n", "-5", "\0"])("whose file contains %j can be taken", (content) => {
    const lock = lockWith({ 3: content });
    expect(HostLock.holder(lock)).toBeUndefined();
    expect(HostLock.take(lock)).toBeDefined();
    expect(HostLock.holder(lock)).toMatchObject({ number: 4, owner: thisProcess() });
  });

  it("continues the numbers after a crash left numbers and temporary files, and removes the old numbers", () => {
    const lock = lockWith({ 1: "", 9: "", 10: "", "11.123.tmp": "", notes: "" });
    expect(HostLock.take(lock)).toBeDefined();
    expect(readdirSync(lock).sort()).toEqual(["11", "11.123.tmp", "notes"]);
  });

  it("is created when its folder does not exist", () => {
    const lock = join(lockWith(), "deeper", "lock");
    expect(HostLock.holder(lock)).toBeUndefined();
    expect(HostLock.take(lock)).toBeDefined();
  });

  it("is taken from a stuck owner only by the owner's number", () => {
    const lock = lockWith({ 4: "" });
    expect(HostLock.take(lock)).toBeDefined();
    for (const other of [4, 6, 0]) expect(HostLock.take(lock, other)).toBeUndefined();
    expect(HostLock.take(lock, 5)).toBeDefined();
    expect(HostLock.take(lock, 5)).toBeUndefined();
  });
});

/** A lock, and its expected owner. */
class Model {
  readonly directory: string;
  readonly #all: HostLock[] = [];
  #owner: HostLock | undefined;

  constructor(directory: string) {
    this.directory = directory;
  }

  take(passes: boolean): void {
    const passed = passes ? HostLock.holder(this.directory)?.number : undefined;
    const got = HostLock.take(this.directory, passed);
    expect(got !== undefined).toBe(this.#owner === undefined || passes);
    if (got) this.#all.push(got);
    this.#owner = got ?? this.#owner;
  }

  release(index: number): void {
    const released = this.#all[index % Math.max(1, this.#all.length)];
    released?.release();
    if (released === this.#owner) this.#owner = undefined;
  }

  check(): void {
    expect(HostLock.holder(this.directory) !== undefined).toBe(this.#owner !== undefined);
  }
}

it("in any order of taking, taking over and releasing, the last owner has it until it releases it", () => {
  const { directory } = openSandbox();
  let models = 0;
  const act = fc.oneof(fc.constantFrom("take", "pass"), fc.nat({ max: 20 }));
  return fc.assert(
    fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
      const model = new Model(join(directory, String(models++)));
      for (const each of acts) {
        if (typeof each === "number") model.release(each);
        else model.take(each === "pass");
        model.check();
      }
    }),
  );
});
