import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, it } from "vitest";
import { formatProcessId, type ProcessId, thisProcess } from "../../../src/store/host/process-id.ts";
import { settle } from "../../../src/store/landing/settle.ts";
import type { Ending } from "../../../src/store/outbox/ending.ts";
import { Results } from "../../../src/store/outbox/results.ts";
import { anOperation } from "../../support/builders.ts";
import { killed, nextPrinted, startProgram } from "../../support/crew.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { placeOf } from "../../support/hub-store.ts";
import { hubWith } from "../../support/hub-with.ts";

const OP = anOperation().op;
/** The lock of a writer that nobody has succeeded. */
const HELD = { isHeld: true };
const FAULT = { code: "x", message: "\u2028 \u0000", hint: "", failure: "failed" } as const;
const ENDINGS: Ending[] = [
  { kind: "landed", commit: null, result: { text: "ä", list: [null] }, findings: [] },
  { kind: "refusal", code: "illegal_move", message: "No.", hint: "Ask.", findings: [] },
  { kind: "failed", fault: FAULT },
  { kind: "queued", why: FAULT },
  { kind: "kept", result: {} },
];

/** Another process of this host, alive until the test ends. */
async function otherProcess(): Promise<{ waiter: ProcessId; kill: () => Promise<void> }> {
  const program = new URL("../../support/lock-program.ts", import.meta.url).pathname;
  const child = startProgram(program, "try", openSandbox().directory);
  await nextPrinted(child);
  return { waiter: { ...thisProcess(), pid: child.pid ?? 0, start: "" }, kill: () => killed(child) };
}

function open() {
  const { directory } = openSandbox();
  const results = new Results(directory);
  return { results, names: () => readdirSync(results.directory) };
}

describe("a result", () => {
  it.each(ENDINGS)("is taken once, as it was written: $kind", (ending) => {
    const { results, names } = open();
    results.leave(OP, thisProcess(), ending);
    expect(results.take(OP)).toEqual(ending);
    expect(results.take(OP)).toBeUndefined();
    expect(names()).toEqual([]);
  });

  it("is for the one process that waits for that one operation", () => {
    const { results } = open();
    results.leave(OP, { ...thisProcess(), pid: process.ppid, start: "" }, { kind: "kept", result: 1 });
    results.leave(OP, { ...thisProcess(), start: "1" }, { kind: "kept", result: 2 });
    results.leave(anOperation({}, { op: `${OP.slice(0, -1)}B` }).op, thisProcess(), {
      kind: "kept",
      result: 3,
    });
    expect(results.take(OP)).toBeUndefined();
  });

  it("of the last writer counts, when two handled the same operation", () => {
    const { results } = open();
    for (const result of [1, 2]) results.leave(OP, thisProcess(), { kind: "kept", result });
    expect(results.take(OP)).toEqual({ kind: "kept", result: 2 });
  });

  it("stays for a living process and is deleted after a dead one", async () => {
    const { results, names } = open();
    const { waiter, kill } = await otherProcess();
    results.leave(OP, waiter, { kind: "kept", result: 1 });
    results.leave(OP, thisProcess(), { kind: "kept", result: 2 });
    results.sweep(Date.now());
    expect(names()).toHaveLength(2);
    await kill();
    results.sweep(Date.now());
    expect(names()).toHaveLength(1);
    expect(results.take(OP)).toEqual({ kind: "kept", result: 2 });
  });

  it("stays for a day for a process of another container, which cannot be judged", () => {
    const { results, names } = open();
    const [container, earlier] = [
      { ...thisProcess(), space: "elsewhere" },
      { pid: 4_194_305, start: "1", space: "", nonce: "" },
    ];
    for (const waiter of [container, earlier]) results.leave(OP, waiter, { kind: "kept", result: 1 });
    expect(names()).toContain(`${OP}@4194305-1.json`);
    results.sweep(Date.now() + 3_600_000);
    expect(names()).toHaveLength(2);
    results.sweep(Date.now() + 2 * 86_400_000);
    expect(names()).toEqual([]);
  });

  it("is not confused with one for the process with the same number in another container", () => {
    const { results } = open();
    results.leave(OP, { ...thisProcess(), space: "elsewhere" }, { kind: "kept", result: 1 });
    results.leave(OP, { ...thisProcess(), nonce: "other" }, { kind: "kept", result: 2 });
    expect(results.take(OP)).toBeUndefined();
  });

  it("is not confused with a foreign file, and foreign files are not deleted", () => {
    const { results, names } = open();
    results.sweep(Date.now());
    expect(results.take(OP)).toBeUndefined();
    results.leave(OP, thisProcess(), { kind: "kept", result: 1 });
    for (const name of ["notes", "a@b.json", `${OP}.json`]) writeFileSync(join(results.directory, name), "");
    results.sweep(Date.now());
    expect(names()).toHaveLength(4);
  });
});

describe("an operation of another process of this host", () => {
  async function stored(seenAs = (waiter: ProcessId) => waiter) {
    const sandbox = openSandbox();
    const store = await placeOf(sandbox, await hubWith(sandbox));
    const waiter = seenAs((await otherProcess()).waiter);
    const added = store.outbox.add(anOperation({}, { kind: "heartbeat" }), null);
    store.outbox.stopWaiting(added);
    const path = join(store.outbox.directory, `${OP}@${formatProcessId(waiter)}.json`);
    writeFileSync(path, JSON.stringify({ operation: added.operation, since: null }));
    rmSync(join(store.outbox.directory, `${OP}.json`));
    const [entry] = await store.outbox.read();
    if (!entry) throw new Error("it was stored");
    return { store, entry };
  }

  it.each(ENDINGS)("gets its ending, and still waits only if it must: $kind", async (ending) => {
    const { store, entry } = await stored();
    settle(store, HELD, entry, ending, false);
    expect(readdirSync(store.results.directory)).toHaveLength(1);
    expect(store.outbox.size).toBe(ending.kind === "queued" || ending.kind === "kept" ? 1 : 0);
  });

  it.each(ENDINGS)("in another container, which cannot be judged, gets its ending: $kind", async (ending) => {
    const { store, entry } = await stored((waiter) => ({ ...waiter, space: "elsewhere" }));
    expect(settle(store, HELD, entry, ending, false)).toBe(true);
    expect(readdirSync(store.results.directory)).toHaveLength(1);
  });

  it.each(ENDINGS.filter(({ kind }) => kind === "refusal" || kind === "failed"))(
    "is told nothing that another writer may still make untrue: $kind",
    async (ending) => {
      const { store, entry } = await stored();
      expect(settle(store, { isHeld: false }, entry, ending, false)).toBe(false);
      expect(store.outbox.size).toBe(1);
      const held = [true, false];
      const lost = {
        get isHeld() {
          return held.shift() === true;
        },
      };
      expect(settle(store, lost, entry, ending, false)).toBe(false);
      expect(existsSync(store.results.directory)).toBe(false);
    },
  );

  it("that was refused leaves the outbox before the result is reported: if the writer is killed in between, it does not land later", async () => {
    const { store, entry } = await stored();
    // A writer that is killed right before it leaves the result does no more than a writer that cannot leave it.
    writeFileSync(store.results.directory, "");
    expect(() => settle(store, HELD, entry, { kind: "failed", fault: FAULT }, false)).toThrow("results");
    expect(store.outbox.size).toBe(0);
  });

  it("that landed leaves the outbox after the result is reported: if the writer is killed in between, nothing is lost", async () => {
    const { store, entry } = await stored();
    writeFileSync(store.results.directory, "");
    const landed: Ending = { kind: "landed", commit: null, result: {}, findings: [] };
    expect(() => settle(store, HELD, entry, landed, false)).toThrow("results");
    expect(store.outbox.size).toBe(1);
  });
});
