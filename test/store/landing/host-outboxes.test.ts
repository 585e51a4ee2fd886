import * as fc from "fast-check";
import { ulid } from "ulid";
import { describe, expect, it } from "vitest";
import type { WaitingOperation } from "../../../src/domain/stored-operation.ts";
import { gitAt } from "../../../src/store/git/git.ts";
import {
  type HostOutbox,
  isOutdated,
  outboxRef,
  publishable,
  readOutboxes,
  writeOutbox,
} from "../../../src/store/landing/host-outboxes.ts";
import { anOperation, NOON } from "../../support/builders.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { hostileText } from "../../support/hostile.ts";

const SINCE = "0123456789".repeat(4);

/** The n-th of some waiting operations. */
function waits(n: number, input: unknown = {}, kind = "broadcast"): WaitingOperation {
  const operation = anOperation(input, { kind, op: `01KG9M2V00${String(n).padStart(16, "0")}` });
  return { operation, since: n % 2 === 0 ? null : SINCE } as WaitingOperation;
}

/** A waiting operation that was made at noon. */
function madeAtNoon(): WaitingOperation {
  const op = ulid(Date.parse(NOON));
  return { ...waits(1), operation: anOperation({}, { kind: "broadcast", op }) } as WaitingOperation;
}

/** A bare repository, and functions with which hosts and others publish outboxes in it. */
async function open() {
  const sandbox = openSandbox();
  const path = await sandbox.bareHub();
  const git = gitAt(path, sandbox.env);
  const set = (host: string, oid: string) => sandbox.git(path, "update-ref", outboxRef(host), oid);
  const leave = async (host: string, ...waiting: WaitingOperation[]) =>
    set(host, writeOutbox(git, host, waiting) ?? "");
  const hash = (type: string, content: string) =>
    sandbox.gitWith(content, path, "hash-object", "-w", "-t", type, "--literally", "--stdin");
  const commit = async (message: string) => {
    const who = "Mallory <m@example.org> 0 +0000";
    const tree = await sandbox.git(path, "mktree");
    return hash("commit", `tree ${tree}\nauthor ${who}\ncommitter ${who}\n\n${message}`);
  };
  return { sandbox, path, git, set, leave, hash, commit, read: () => readOutboxes(git) };
}

describe("a published outbox", () => {
  it("is read as it was written, whatever its text is, and so are those of other hosts", async () => {
    const { leave, read } = await open();
    return fc.assert(
      fc.asyncProperty(fc.array(hostileText, { minLength: 1, maxLength: 4 }), async (texts) => {
        const waiting = texts.map((text, index) => waits(index, { text }));
        await leave("a", ...waiting);
        await leave("b", waits(9));
        const all = await read();
        expect(all.map(({ host, ref }) => [host, ref])).toEqual([
          ["a", "refs/hive/outbox/a"],
          ["b", "refs/hive/outbox/b"],
        ]);
        expect(all[0]?.waiting).toEqual(waiting);
      }),
      { numRuns: 25 },
    );
  });

  it("is a new commit each time, dated by the newest operation, with no file and no parent", async () => {
    const { sandbox, path, git } = await open();
    const waiting = [waits(1), madeAtNoon()];
    const [one = "", two] = [writeOutbox(git, "a", waiting), writeOutbox(git, "a", waiting)];
    expect(one).not.toBe(two);
    expect(await sandbox.git(path, "show", "--format=%P|%an|%aI", "--name-only", one)).toBe(
      `|a|${NOON.replace("Z", "+00:00")}`,
    );
  });

  it("never has an operation that acts on the whole hub", () => {
    const waiting = [waits(1, {}, "init"), waits(2), waits(3, {}, "import"), waits(4, {}, "workflows")];
    expect(publishable(waiting)).toEqual([waits(2)]);
  });

  it.each([
    ["many small", 3000, {}],
    ["several large", 30, { text: "\u0000字".repeat(4000) }],
  ])("of %s operations has as many of the oldest as other hosts read", async (_, count, input) => {
    const { leave, read } = await open();
    const all = Array.from({ length: count }, (__, index) => waits(index, input));
    const fit = publishable(all);
    expect(fit.length).toBeGreaterThan(5);
    expect(fit.length).toBeLessThan(count);
    expect(fit).toEqual(all.slice(0, fit.length));
    await leave("a", ...fit);
    expect((await read())[0]?.waiting).toHaveLength(fit.length);
  });

  it("has nothing after an operation that is too large, so that the order is kept", () => {
    expect(publishable([waits(1, { text: "x".repeat(300_000) }), waits(2)])).toEqual([]);
  });
});

describe("an invalid outbox is skipped, and the others are read:", () => {
  const good = JSON.stringify({ waiting: [waits(1)] });
  it.each<[string, string]>([
    ["no JSON", "{"],
    ["nothing", ""],
    ["something else", "[1]"],
    ["invalid operations", JSON.stringify({ waiting: [{ ...waits(1), since: "--all" }] })],
    [
      "a session that is a path",
      JSON.stringify({
        waiting: [{ ...waits(1), operation: { ...waits(1).operation, session: "../../x" } }],
      }),
    ],
    ["more bytes than hosts read", JSON.stringify({ waiting: [waits(1, "x".repeat(300_000))] })],
    ["deep nesting", `{"waiting":${"[".repeat(100_000)}`],
    ["a prototype", '{"__proto__":{"waiting":[]}}'],
  ])("%s", async (_, message) => {
    const { commit, set, leave, read } = await open();
    await leave("a", waits(1));
    await set("m", await commit(message));
    await leave("z", waits(2));
    expect((await read()).map(({ host, waiting }) => [host, waiting.length])).toEqual([
      ["a", 1],
      ["m", 0],
      ["z", 1],
    ]);
  });

  it.each(["blob", "tag", "tree"])("a %s", async (type) => {
    const { sandbox, path, hash, set, leave, read } = await open();
    await leave("a", waits(1));
    const tree = await sandbox.git(path, "mktree");
    const contents = {
      blob: good,
      tree: "",
      tag: `object ${tree}\ntype tree\ntag m\ntagger M <m@x> 0 +0000\n\nnot ${good}`,
    };
    await set("m", await hash(type, contents[type as keyof typeof contents]));
    await leave("z", waits(2));
    expect((await read()).map(({ host, waiting }) => [host, waiting.length])).toEqual([
      ["a", 1],
      ["m", 0],
      ["z", 1],
    ]);
  });

  it("a message that looks like further outboxes", async () => {
    const { commit, set, leave, read } = await open();
    await leave("a", waits(1));
    const forged = `x\0\nrefs/heads/main\0${SINCE}\0{"waiting":[]}\0\nrefs/hive/outbox/z\0${SINCE}\0${good}\0`;
    await set("m", await commit(forged));
    await leave("z", waits(2));
    const all = await read();
    expect(all.map(({ ref }) => ref)).toEqual(["a", "m", "z"].map(outboxRef));
    expect(all.at(-1)?.waiting).toEqual([waits(2)]);
  });

  it("a folder of them", async () => {
    const { leave, read } = await open();
    await leave("m/deeper", waits(1));
    expect(await read()).toMatchObject([{ host: "m/deeper", ref: "refs/hive/outbox/m/deeper" }]);
  });
});

describe("an outbox is outdated", () => {
  const outbox = (...waiting: WaitingOperation[]): HostOutbox => ({
    host: "a",
    ref: outboxRef("a"),
    commit: SINCE,
    waiting,
  });

  it.each([
    [0, false],
    [3_600_000, false],
    [3_600_001, true],
    [-3_600_001, true],
  ])("%i ms after its newest operation: %j", (after, expected) => {
    expect(isOutdated(outbox(madeAtNoon()), Date.parse(NOON) + after)).toBe(expected);
  });

  it("when it has no readable operation", () => {
    expect(isOutdated(outbox(), Date.parse(NOON))).toBe(true);
  });
});
