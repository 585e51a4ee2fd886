import { readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { makeDirectory } from "../../../src/store/host/files.ts";
import { HostLock } from "../../../src/store/host/host-lock.ts";
import { monotonic } from "../../../src/store/host/monotonic.ts";
import { formatProcessId, thisProcess } from "../../../src/store/host/process-id.ts";
import { Writer } from "../../../src/store/landing/writer.ts";
import type { OutboxEntry } from "../../../src/store/outbox/outbox.ts";
import { anOperation } from "../../support/builders.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { openHttpHub } from "../../support/http-hub.ts";
import { hiveIn, leaveBehind, placeOf } from "../../support/hub-store.ts";
import { hubWith, say } from "../../support/hub-with.ts";

const ONE = "session-1";
const SOON_MS = 30_000;

/** A host whose lock a process of another container has. */
async function besideContainer(kind: "path" | "file", seconds = 30) {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, ONE);
  const address = kind === "path" ? hub : `file://${hub}`;
  const hive = await hiveIn(sandbox, address, { seconds });
  await hive.read([]);
  const store = await placeOf(sandbox, address);
  const other = { hive: await hiveIn(sandbox, address, {}, sandbox.host("b")) };
  const otherStore = await placeOf(sandbox, address, sandbox.host("b"));
  makeDirectory(store.lock);
  const lock = join(store.lock, "7");
  writeFileSync(lock, formatProcessId({ ...thisProcess(), space: "elsewhere" }));
  const texts = async () =>
    (await sandbox.history(hub)).map(({ subject }) => subject).filter((each) => each.includes("hello"));
  return {
    sandbox,
    hub,
    address,
    hive,
    store,
    other: { ...other, store: otherStore },
    free: () => writeFileSync(lock, ""),
    texts,
  };
}

/** The operation of a process that waits, once it is stored. */
async function waitingIn({ outbox }: { outbox: { read(): Promise<OutboxEntry[]> } }): Promise<OutboxEntry> {
  for (;;) {
    const [entry] = await outbox.read();
    if (entry) return entry;
    await turn();
  }
}

describe.each(["path", "file"] as const)(
  "an operation that another process took and left no answer for, on a hub by %s",
  (kind) => {
    it("is answered with landed when the hub has it", async () => {
      const { hive, store, other, free, texts } = await besideContainer(kind);
      const saying = say(hive, ONE, "hello");
      const entry = await waitingIn(store);
      leaveBehind(other.store, entry.operation, entry.since);
      await other.hive.outbox.send();
      store.outbox.forget(entry);
      free();
      expect(await saying).toMatchObject({ kind: "landed", op: entry.operation.op });
      expect(await texts()).toHaveLength(1);
    });

    it("lands once, by the process that waits, when the hub has it not", async () => {
      const { hive, store, free, texts } = await besideContainer(kind);
      const saying = say(hive, ONE, "hello");
      store.outbox.forget(await waitingIn(store));
      free();
      expect(await saying).toMatchObject({ kind: "landed" });
      expect(await texts()).toHaveLength(1);
      expect(store.outbox.size).toBe(0);
    });

    it("is queued when the time is over, and lands once with the next command", async () => {
      const { hive, store, free, texts } = await besideContainer(kind, 1);
      const saying = say(hive, ONE, "hello");
      store.outbox.forget(await waitingIn(store));
      expect(await saying).toMatchObject({ kind: "queued", why: { code: "contended" } });
      expect(await texts()).toEqual([]);
      free();
      await hive.outbox.send();
      expect(await texts()).toHaveLength(1);
    });
  },
);

describe("a writer that was stopped while its push was on its way, and was succeeded", () => {
  async function succeeded() {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, ONE);
    const http = await openHttpHub(sandbox);
    const [first, second] = [await sandbox.hive(http.url()), await placeOf(sandbox, http.url())];
    await first.read([]);
    const go: { on?: () => void } = {};
    const held = new Promise<void>((resolve) => {
      http.beforePush = () => {
        resolve();
        return new Promise<void>((on) => {
          go.on = on;
        });
      };
    });
    const saying = say(first, ONE, "hello");
    await held;
    const lock = HostLock.take(second.lock, HostLock.holder(second.lock)?.number);
    if (lock === undefined) throw new Error("it could be passed");
    const texts = async () => (await sandbox.history(hub)).filter(({ subject }) => subject.includes("hello"));
    return { second, lock, saying, goOn: () => go.on?.(), texts };
  }

  it("tells what its successor landed", async () => {
    const { second, lock, saying, goOn, texts } = await succeeded();
    await new Writer(second, lock, undefined, false).landWaiting(monotonic() + SOON_MS);
    const [landed] = await texts();
    goOn();
    expect(await saying).toMatchObject({ kind: "landed", commit: landed?.commit });
    lock.release();
    expect(await texts()).toHaveLength(1);
    expect(second.outbox.size).toBe(0);
  });

  it("lands its operation once when both go on at the same time", async () => {
    const { second, lock, saying, goOn, texts } = await succeeded();
    goOn();
    await new Writer(second, lock, undefined, false).landWaiting(monotonic() + SOON_MS);
    lock.release();
    const [landed] = await texts();
    expect(await saying).toMatchObject({ kind: "landed", commit: landed?.commit });
    expect(await texts()).toHaveLength(1);
    expect(second.outbox.size).toBe(0);
  });
});

describe.each(["path", "file"] as const)("an operation that is dropped on a hub by %s", (kind) => {
  it("never lands, and its process in another container is told so", async () => {
    const { hive, store, free, texts } = await besideContainer(kind);
    free();
    const entry = store.outbox.add(anOperation({ text: "hello", priority: "normal" }), null);
    const waiter = { ...thisProcess(), space: "elsewhere" };
    renameSync(
      join(store.outbox.directory, `${entry.operation.op}@${formatProcessId(thisProcess())}.json`),
      join(store.outbox.directory, `${entry.operation.op}@${formatProcessId(waiter)}.json`),
    );
    expect(await hive.outbox.drop(entry.operation.op)).toBe("dropped");
    expect(readdirSync(store.results.directory)).toEqual([
      `${entry.operation.op}@${formatProcessId(waiter)}.json`,
    ]);
    await say(hive, ONE, "after");
    expect(await texts()).toEqual([]);
  });

  it("never lands when it was told so before it was taken out", async () => {
    const { hive, store, free, texts } = await besideContainer(kind);
    const saying = say(hive, ONE, "hello");
    const { operation } = await waitingIn(store);
    const fault = { code: "dropped", message: "", hint: "", failure: "failed" } as const;
    store.results.leave(operation.op, thisProcess(), { kind: "failed", fault });
    await expect(saying).rejects.toMatchObject({ code: "dropped" });
    free();
    await hive.outbox.send();
    expect(await texts()).toEqual([]);
  });
});
