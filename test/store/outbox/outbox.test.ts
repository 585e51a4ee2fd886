import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Operation } from "../../../src/domain/operation.ts";
import { Ulid } from "../../../src/domain/values/ids.ts";
import { formatProcessId, thisProcess } from "../../../src/store/host/process-id.ts";
import { Outbox } from "../../../src/store/outbox/outbox.ts";
import { anOperation } from "../../support/builders.ts";
import { runTogether } from "../../support/crew.ts";
import { openSandbox } from "../../support/git-sandbox.ts";

const PROGRAM = new URL("../../support/outbox-program.ts", import.meta.url).pathname;
const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const TROUBLE = { by: "hub", code: "push_refused", message: "No.", hint: "Ask." } as const;
const SINCE = "a".repeat(40);

/** A new outbox, and the same outbox as a later process sees it. */
function open() {
  const { directory } = openSandbox();
  const outbox = new Outbox(directory);
  return { outbox, later: () => new Outbox(directory), at: (name: string) => join(outbox.directory, name) };
}

/** The n-th operation by id. */
function attempt(n: number, input: unknown = {}): Operation {
  return anOperation(input, { op: `01KG9M2V00${String(n).padStart(16, "0")}` });
}

/** Writes an outbox file with any content. */
function leave(path: string, content: unknown): void {
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
}

async function opsIn(outbox: Outbox): Promise<string[]> {
  return (await outbox.read()).map(({ operation: { op } }) => op);
}

describe("a stored operation", () => {
  it("is read back as it was, oldest first, by this process and by later ones", async () => {
    const { outbox, later } = open();
    const input = { text: "\u2028 \0 ä 😀 \ud800", list: [1, null], huge: "x".repeat(1_000_000) };
    for (const n of [3, 1, 2]) outbox.add(attempt(n, input), n === 1 ? null : SINCE);
    for (const each of [outbox, later()]) {
      const entries = await each.read();
      expect(entries.map(({ operation }) => operation)).toEqual([1, 2, 3].map((n) => attempt(n, input)));
      expect(entries.map(({ since }) => since)).toEqual([null, SINCE, SINCE]);
      expect(entries.map(({ waiter }) => waiter)).toEqual(Array(3).fill(thisProcess()));
    }
  });

  it("is one whole file that only the user can read", () => {
    const { outbox, at } = open();
    outbox.add(attempt(1), null);
    const [name = "", ...more] = readdirSync(outbox.directory);
    expect(more).toEqual([]);
    expect(statSync(at(name)).mode & 0o077).toBe(0);
    expect(statSync(outbox.directory).mode & 0o077).toBe(0);
  });

  it("of several processes at once gets a different id in each", async () => {
    const { directory } = openSandbox();
    await runTogether(PROGRAM, Array(5).fill([directory, "20"]));
    const ids = await opsIn(new Outbox(directory));
    expect(ids).toHaveLength(100);
    expect(new Set(ids).size).toBe(100);
  });
});

describe("an id", () => {
  const digits = (count: number) =>
    fc
      .array(fc.oneof(fc.constant("Z"), fc.constantFrom(...DIGITS)), { minLength: count, maxLength: count })
      .map((all) => all.join(""));
  const ulid = fc
    .tuple(fc.constantFrom(..."0123456"), digits(9), digits(16))
    .map((parts) => Ulid.parse(parts.join("")));

  it("is later than all waiting ids, whatever the clock says, and is a ULID", () => {
    return fc.assert(
      fc.property(ulid, fc.uniqueArray(ulid, { maxLength: 6 }), (fresh, waiting) => {
        const { outbox } = open();
        for (const op of waiting) outbox.add(anOperation({}, { op }), null);
        const id = outbox.idAfterWaiting(fresh);
        expect(Ulid.safeParse(id).success).toBe(true);
        expect(waiting.filter((op) => op >= id)).toEqual([]);
        if (waiting.every((op) => op < fresh)) expect(id).toBe(fresh);
      }),
      { numRuns: 100 },
    );
  });

  it("is later than an id that is drawn twice", () => {
    const { outbox } = open();
    outbox.add(attempt(1), null);
    expect(outbox.idAfterWaiting(attempt(1).op) > attempt(1).op).toBe(true);
  });

  it.each(["zebra.json", "~1.json", `${"U".repeat(26)}.json`, `${"Z".repeat(26)}@x.json`])(
    "is not derived from the name of a foreign file: %s",
    (name) => {
      const { outbox, at } = open();
      leave(at(name), "");
      expect(outbox.idAfterWaiting(attempt(1).op)).toBe(attempt(1).op);
    },
  );
});

describe("a file that git-hive did not write", () => {
  const op = attempt(5).op;
  const good = { operation: attempt(5), since: null };
  it.each<[string, string, unknown]>([
    ["is empty", `${op}.json`, ""],
    ["is cut off", `${op}.json`, JSON.stringify(good).slice(0, -9)],
    ["holds something else", `${op}.json`, [1]],
    ["contains another operation than its name says", `${attempt(4).op}.json`, good],
    ["has a name in another form", `${op}@007-1.json`, good],
    [
      "has a session id that is a path out of its folder",
      `${op}.json`,
      { ...good, operation: { ...attempt(5), session: "../x" } },
    ],
    ["has a commit that is an option", `${op}.json`, { ...good, since: "--output=x" }],
    ["has a kind that is a path", `${op}.json`, { ...good, operation: { ...attempt(5), kind: "../init" } }],
  ])("and %s is set aside unchanged, and the others still wait", async (_, name, content) => {
    const { outbox, at, later } = open();
    outbox.add(attempt(6), null);
    leave(at(name), content);
    const bytes = readFileSync(at(name), "utf8");
    expect(await opsIn(later())).toEqual([attempt(6).op]);
    expect(outbox.brokenFiles()).toEqual([join(outbox.broken, name)]);
    expect(readFileSync(join(outbox.broken, name), "utf8")).toBe(bytes);
    expect(outbox.size).toBe(1);
  });

  it.each(["notes.json", `${op}@somebody.json`, `${op}.json~`, `x${op}.json`])(
    "and is named %s stays in its folder, and does not count as waiting",
    async (name) => {
      const { outbox, at } = open();
      leave(at(name), good);
      expect([await outbox.read(), outbox.size, outbox.brokenFiles()]).toEqual([[], 0, []]);
      expect(readdirSync(outbox.directory)).toEqual([name]);
    },
  );

  it("and is a folder or a temporary file blocks nothing", async () => {
    const { outbox, at } = open();
    mkdirSync(at("zebra.json"), { recursive: true });
    leave(at(`${op}.json.99.tmp`), good);
    const stored = outbox.add({ ...attempt(6), op: outbox.idAfterWaiting(attempt(6).op) }, null);
    expect(stored.operation.op).toBe(attempt(6).op);
    expect(await opsIn(outbox)).toEqual([attempt(6).op]);
  });

  it("but a newer version did, with unknown keys, waits like any other", async () => {
    const { outbox, at } = open();
    const newer = { ...good, later: 1, operation: { ...attempt(5), kind: "later-kind", why: "x" } };
    leave(at(`${op}.json`), newer);
    expect(await outbox.read()).toMatchObject([{ operation: { op, kind: "later-kind" }, waiter: undefined }]);
    expect(outbox.brokenFiles()).toEqual([]);
  });
});

describe("an operation whose process stops waiting", () => {
  it("still waits, and the writer that wants to remove it learns that", async () => {
    const { outbox } = open();
    const entry = outbox.add(attempt(1), SINCE);
    expect(outbox.stopWaiting(entry)).toBe(true);
    expect(outbox.stopWaiting(entry)).toBe(false);
    expect(outbox.remove(entry)).toBe(false);
    expect(await outbox.read()).toEqual([{ ...entry, waiter: undefined }]);
  });

  it("after its end is known learns that", () => {
    const { outbox } = open();
    const entry = outbox.add(attempt(1), null);
    expect(outbox.remove(entry)).toBe(true);
    expect(outbox.stopWaiting(entry)).toBe(false);
    expect(outbox.size).toBe(0);
  });

  it("at the moment it lands is removed", () => {
    const { outbox } = open();
    const entry = outbox.add(attempt(1), null);
    outbox.stopWaiting(entry);
    outbox.forget(entry);
    expect(outbox.size).toBe(0);
  });

  it("keeps the reason why it stays, and loses the reason when there is none any more", async () => {
    const { outbox, later } = open();
    outbox.keep(outbox.add(attempt(1), SINCE), TROUBLE);
    const [kept] = await later().read();
    expect(kept).toEqual({ operation: attempt(1), since: SINCE, trouble: TROUBLE, waiter: undefined });
    if (kept) outbox.keep(kept, undefined);
    expect((await later().read())[0]?.trouble).toBeUndefined();
    expect(outbox.size).toBe(1);
  });

  it("is not restored by a reason to stay after it was dropped", async () => {
    const { outbox } = open();
    outbox.keep(outbox.add(attempt(1), null), undefined);
    const [entry] = await outbox.read();
    if (!entry) throw new Error("it was stored");
    outbox.forget(entry);
    outbox.keep(entry, TROUBLE);
    expect(outbox.size).toBe(0);
  });

  it("does not affect an operation that another process waits for", async () => {
    const { outbox, at, later } = open();
    const entry = outbox.add(attempt(1), null);
    const other = `${attempt(1).op}@${process.ppid}-x.json`;
    renameSync(at(`${attempt(1).op}@${formatProcessId(thisProcess())}.json`), at(other));
    expect([outbox.stopWaiting(entry), outbox.remove(entry)]).toEqual([false, false]);
    outbox.forget(entry);
    expect(readdirSync(outbox.directory)).toEqual([other]);
    expect(await later().read()).toMatchObject([{ waiter: { pid: process.ppid, start: "x" } }]);
  });
});
