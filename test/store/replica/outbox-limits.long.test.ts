import { describe, expect, it } from "vitest";
import { gitAt } from "../../../src/store/git/git.ts";
import { BadOutboxes } from "../../../src/store/replica/bad-outboxes.ts";
import { MAX_OUTBOXES } from "../../../src/store/replica/fetch-outboxes.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { type Helping, ONE, openHelping, TWO } from "../../support/helping.ts";
import { placeOf } from "../../support/hub-store.ts";
import { say } from "../../support/hub-with.ts";

const EVIL = "refs/hive/outbox/evil";
const ALL = "refs/hive/outbox/*";

/** Leaves commits below refs/hive/outbox, as anybody may who has push rights. */
async function leave({ sandbox, hub }: Helping, messages: Readonly<Record<string, string>>): Promise<void> {
  const stream = Object.entries(messages).map(
    ([host, message]) =>
      `commit refs/hive/outbox/${host}\ncommitter x <x@x> 0 +0000\ndata ${message.length}\n${message}\n\n`,
  );
  await sandbox.gitWith(
    stream.join(""),
    hub,
    "-c",
    "fastimport.unpackLimit=1",
    "fast-import",
    "--quiet",
    "--force",
    "--date-format=raw",
  );
}

/** The outboxes that a host has looked at, and those that it leaves out. */
async function placeAt({ sandbox, http }: Helping, name: string, address = http.url()) {
  const { repository, badOutboxes } = await placeOf(sandbox, address, sandbox.host(name));
  const refs = repository.git.runNow(["for-each-ref", "refs/hive/outbox/"], "").stdout.toString("utf8");
  return { bad: badOutboxes, fetched: refs.split("\n").filter(Boolean).length };
}

/** A host that has just landed something, so that it looks at the outboxes of others before it lands the next. */
async function lookingAt(opened: Helping, name: string, address = opened.http.url()) {
  const hive = await opened.connect(name, address);
  await say(hive, ONE, "before");
  return hive;
}

describe("an outbox whose commit git would have to unpack at once", () => {
  it.each(["http", "file"])("is left out by hosts that reach the hub by %s, and named", async (kind) => {
    const opened = await openHelping();
    await leave(opened, { evil: "a".repeat(20_000_000) });
    const address = kind === "http" ? opened.http.url() : `file://${opened.hub}`;
    const hive = await lookingAt(opened, "a", address);
    for (const text of ["one", "two"]) expect(await say(hive, ONE, text)).toMatchObject({ kind: "landed" });
    const { bad, fetched } = await placeAt(opened, "a", address);
    // On a busy machine, this host may have given up on it, or on all outboxes, before git measured it.
    expect([[EVIL], [ALL], [EVIL, ALL], [ALL, EVIL]]).toContainEqual([...bad.known().keys()]);
    expect(fetched).toBe(0);
  });
});

describe("an outbox that is larger than any host publishes", () => {
  it("is not read but deleted, and the operations of others land", async () => {
    const opened = await openHelping();
    await leave(opened, { evil: `{"waiting":[]}${" ".repeat(400_000)}` });
    const waits = await opened.others.attempt("helped");
    await opened.others.leave("other", [waits], await opened.others.tip());
    const hive = await lookingAt(opened, "a");
    expect(await say(hive, ONE, "mine")).toMatchObject({ kind: "landed" });
    expect(await opened.timesOf(waits.op)).toBe(1);
    const { bad } = await placeAt(opened, "a");
    expect(bad.known().get(EVIL)).toMatch(/^it has 400\d+ bytes; at most 264192 are read$/);
    expect(await opened.others.names()).not.toContain("evil");
  });
});

describe("an operation that never works, in an outbox of another host", () => {
  it.each([
    ["a value of another type", "7"],
    ["lists 10,000 levels deep", "[".repeat(10_000) + "]".repeat(10_000)],
  ])("does not hold up those of the session that it names: %s", async (_, text) => {
    const opened = await openHelping();
    const hive = await lookingAt(opened, "a");
    const waits = { ...(await opened.others.attempt("never", ONE)), input: "@" };
    const content = JSON.stringify({ waiting: [{ operation: waits, since: null }] });
    await leave(opened, { evil: content.replace('"@"', `{"text":${text},"priority":"normal"}`) });
    expect(await say(hive, ONE, "mine")).toMatchObject({ kind: "landed" });
    expect(await opened.timesOf(waits.op)).toBe(0);
  });
});

describe("more outboxes than a host looks at", () => {
  it("are fetched up to the limit, and those without a use are deleted in bulk", async () => {
    const opened = await openHelping();
    const many = Array.from({ length: 3 * MAX_OUTBOXES }, (_, n) => [`evil${n}`, `{"waiting":[],"n":${n}}`]);
    const hive = await lookingAt(opened, "a");
    await leave(opened, Object.fromEntries(many));
    (await placeAt(opened, "a")).bad.noteAll("chosen", "there are many");
    expect(await say(hive, ONE, "mine")).toMatchObject({ kind: "landed" });
    expect(await opened.others.names()).toHaveLength(2 * MAX_OUTBOXES);
    expect((await placeAt(opened, "a")).fetched).toBeLessThanOrEqual(MAX_OUTBOXES);
  });

  it("do not keep an operation of another host from landing once, when it is among those looked at", async () => {
    const opened = await openHelping();
    const waits = await opened.others.attempt("helped");
    await opened.others.leave("other", [waits], await opened.others.tip());
    const hive = await lookingAt(opened, "a");
    (await placeAt(opened, "a")).bad.noteAll("chosen", "there are many");
    expect(await say(hive, ONE, "mine")).toMatchObject({ kind: "landed" });
    expect(await opened.timesOf(waits.op)).toBe(1);
    expect(await say(await opened.connect("b"), TWO, "next")).toMatchObject({ kind: "landed" });
    expect(await opened.timesOf(waits.op)).toBe(1);
  });

  it("are left alone when a host has given up on them for now", async () => {
    const opened = await openHelping();
    const hive = await lookingAt(opened, "a");
    await leave(opened, { evil: "{}" });
    (await placeAt(opened, "a")).bad.noteAll("none", "they take too long");
    expect(await say(hive, ONE, "mine")).toMatchObject({ kind: "landed" });
    expect(await opened.others.names()).toEqual(["evil"]);
  });
});

describe("what a host remembers of bad outboxes", () => {
  const open = () => {
    const clock = { now: Date.parse("2026-01-31T12:00:00Z") };
    return { clock, bad: new BadOutboxes(openSandbox().folder("hub"), () => clock.now) };
  };

  it("is about one commit of a ref, and a new one is looked at", () => {
    const { bad } = open();
    bad.note(EVIL, "it is too large", "1".repeat(40));
    expect(bad.finder()(EVIL, "1".repeat(40))).toBe(true);
    expect(bad.finder()(EVIL, "2".repeat(40))).toBe(false);
    expect(bad.fetch).toBe("all");
  });

  it("makes it choose outboxes when they are many, and forgets that after an hour", () => {
    const { bad, clock } = open();
    for (let n = 0; n < 17; n++) bad.note(`${EVIL}${n}`, "bad object");
    expect(bad.fetch).toBe("chosen");
    bad.noteAll("none", "they take too long");
    expect(bad.fetch).toBe("none");
    expect(bad.refs()).not.toContain(ALL);
    clock.now += 3_600_000;
    expect(bad.fetch).toBe("all");
  });
});

describe("a git command with limits", () => {
  it("ends when it prints too much, asks for too much memory, or is stopped", async () => {
    const sandbox = openSandbox();
    const git = gitAt(await sandbox.bareHub(), sandbox.env);
    const oid = (
      await git.run(["hash-object", "-w", "--stdin"], { input: "a".repeat(2_000_000) })
    ).stdout.trim();
    const read = ["cat-file", "blob", oid];
    expect((await git.run(read)).code).toBe(0);
    expect(await git.run(read, { outputBytes: 100_000 })).not.toMatchObject({ code: 0 });
    expect(
      (await git.run([...read.slice(0, 1), "commit", oid], { allocationBytes: 1_000_000 })).code,
    ).not.toBe(0);
    const stop = new AbortController();
    const running = git.run(["cat-file", "--batch"], {
      input: `${oid}\n`.repeat(20_000),
      signal: stop.signal,
    });
    stop.abort();
    expect(await running).toMatchObject({ timedOut: true });
  });
});
