import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cp, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { HiveError } from "../../../src/errors.ts";
import { HostLock } from "../../../src/store/host/host-lock.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { say } from "../../support/hub-with.ts";
import { KnownHub } from "../../support/known-hub.ts";
import { looseFile, unpack } from "../../support/loose-objects.ts";
import type { Sandbox } from "../../support/sandbox.ts";

type Damage = (replica: string, sandbox: Sandbox) => unknown;

/** Damages to a replica, and the doctor's message. */
const DAMAGES: readonly [what: string, damage: Damage, says: RegExp][] = [
  [
    "objects that are gone",
    (replica) => objectsIn(replica).forEach((path) => void rmSync(path)),
    /holds no commit/,
  ],
  ["a missing object", async (...place) => rmSync(await someObject(...place)), /is damaged: missing /],
  ["an empty object", async (...place) => overwrite(await someObject(...place), ""), /is damaged: .*empty/],
  [
    "an object of other bytes",
    async (...place) => overwrite(await someObject(...place), "x".repeat(99)),
    /is damaged: /,
  ],
  ["a missing pack", (replica) => rmSync(packOf(replica)), /is damaged: missing |broken ref/],
  [
    "a pack of other bytes",
    (replica) => overwrite(packOf(replica), "x".repeat(99)),
    /is damaged: |broken ref/,
  ],
  ["an empty ref", (replica) => overwrite(join(replica, "refs/hive/main"), ""), /broken ref/],
  ["a ref of other bytes", (replica) => overwrite(join(replica, "refs/hive/main"), "\0\0"), /broken ref/],
  ["a ref to nowhere", (replica) => overwrite(join(replica, "refs/hive/main"), "1".repeat(40)), /broken ref/],
  [
    "another ref to nowhere",
    (replica) => overwrite(join(replica, "refs/hive/other"), "1".repeat(40)),
    /is damaged/,
  ],
  ["missing settings", (replica) => rmSync(join(replica, "config")), /lost its settings/],
  [
    "settings of other bytes",
    (replica) => overwrite(join(replica, "config"), "[core\n"),
    /lost its settings/,
  ],
  ["a missing HEAD", (replica) => rmSync(join(replica, "HEAD")), /no repository any more/],
  [
    "refs that are gone",
    (replica) => rm(join(replica, "refs"), { recursive: true }),
    /no repository any more/,
  ],
  [
    "no place for objects",
    (replica) => rm(join(replica, "objects"), { recursive: true }),
    /no repository any more/,
  ],
  [
    "packed refs of other bytes",
    (replica) => overwrite(join(replica, "packed-refs"), "x\n"),
    /damaged|broken ref/,
  ],
  [
    "a shallow file of other bytes",
    (replica) => overwrite(join(replica, "shallow"), "x\n"),
    /damaged|broken ref/,
  ],
  ["a file in its place", (replica) => replace(replica, (path) => writeFileSync(path, "x")), /is a file/],
  ["an empty folder in its place", (replica) => replace(replica, (path) => mkdir(path)), /empty folder/],
];

function objectsIn(replica: string): string[] {
  return readdirSync(join(replica, "objects"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** An object that is not the branch's commit, because a missing commit has its own message. */
async function someObject(replica: string, sandbox: Sandbox): Promise<string> {
  await unpack(sandbox, replica);
  const tip = readFileSync(join(replica, "refs/hive/main"), "utf8").trim();
  const path = objectsIn(replica).find((each) => !each.endsWith(tip.slice(2)) && !each.includes("pack"));
  if (path === undefined) throw new Error("the replica has no loose objects");
  return path;
}

/** The pack of the first fetch. */
function packOf(replica: string): string {
  const path = objectsIn(replica).find((each) => each.endsWith(".pack"));
  if (path === undefined) throw new Error("the replica has no pack");
  return path;
}

function overwrite(path: string, text: string): void {
  if (existsSync(path)) chmodSync(path, 0o600);
  writeFileSync(path, text);
}

async function replace(replica: string, make: (path: string) => unknown): Promise<void> {
  await rm(replica, { recursive: true });
  await make(replica);
}

/** A host with one operation in its outbox and a damaged replica. */
async function setUp(damage: Damage) {
  const known = await KnownHub.open(openSandbox());
  const op = await known.queue("Hello");
  await damage(known.replica, known.sandbox);
  return { known, op };
}

it("writes a missing commit again that was not pushed yet", async () => {
  const { known, op } = await setUp((replica) => overwrite(join(replica, "refs/hive/next"), "1".repeat(40)));
  await known.open((hive) => hive.read([]));
  await known.open((hive) => hive.outbox.send());
  expect(await known.landed(op)).toBe(1);
  expect((await known.examine()).bad).toEqual([]);
});

describe.each(DAMAGES)("a replica with %s", (_, damage, says) => {
  it("is reported and rebuilt by --fix, and the operation in the outbox lands once", async () => {
    const { known, op } = await setUp(damage);
    const before = await known.examine();
    expect(before.bad).toEqual(["replica"]);
    expect(before.find("replica").message).toMatch(says);
    expect(before.find("replica").next).toBe("hive doctor --fix");

    const after = await known.examine({ repairs: true });
    expect(after).toMatchObject({ bad: [], fixed: [`Rebuilt the replica from ${known.url}.`] });
    expect(after.find("unsent")).toMatchObject({ state: "note", next: "hive sync" });
    expect(readdirSync(known.directory).filter((name) => name.startsWith("replica.git"))).toEqual([
      "replica.git",
    ]);

    await known.open((hive) => hive.outbox.send());
    expect(await known.landed(op)).toBe(1);
    expect((await known.examine()).bad).toEqual([]);
  });
});

describe("while the hub is unreachable", () => {
  it("a damaged replica is kept, and --fix says what must be done first", async () => {
    const { known, op } = await setUp(async (...place) => rmSync(await someObject(...place)));
    const bringBack = await known.takeAway();
    const before = objectsIn(known.replica);
    const tried = await known.examine({ repairs: true });
    expect(tried).toMatchObject({ bad: ["replica"], fixed: [] });
    expect(tried.find("replica").next).toMatch(
      /^Nothing more was repaired: .*no such repository.*hive doctor --fix$/s,
    );
    expect(objectsIn(known.replica)).toEqual(before);
    expect(readdirSync(known.directory).filter((name) => name.startsWith("replica.git"))).toEqual([
      "replica.git",
    ]);
    await bringBack();
    expect((await known.examine({ repairs: true })).bad).toEqual([]);
    await known.open((hive) => hive.outbox.send());
    expect(await known.landed(op)).toBe(1);
  });

  it("the same holds with --offline", async () => {
    const { known } = await setUp((replica) => rmSync(join(replica, "HEAD")));
    const tried = await known.examine({ repairs: true, isOffline: true });
    expect(tried).toMatchObject({ bad: ["replica"], fixed: [] });
    expect(tried.find("replica").next).toMatch(/--offline/);
  });
});

it("does not rebuild a replica while another command writes", async () => {
  const { known } = await setUp((replica) => rmSync(join(replica, "HEAD")));
  const lock = HostLock.take(join(known.directory, "lock"));
  const tried = await known.examine({ repairs: true });
  expect(tried).toMatchObject({ bad: ["replica"], fixed: [] });
  expect(tried.find("replica").next).toMatch(/is writing now/);
  lock?.release();
  expect((await known.examine({ repairs: true })).bad).toEqual([]);
});

it("drops the caches that were read from a damaged replica", async () => {
  const known = await KnownHub.open(openSandbox());
  const listed = await known.sandbox.git(
    known.replica,
    "ls-tree",
    "-r",
    "refs/hive/main",
    "coordination/MESSAGES/",
  );
  const blob = / blob ([0-9a-f]+)\t/.exec(listed)?.[1] ?? "";
  await unpack(known.sandbox, known.replica);
  rmSync(looseFile(known.replica, blob));
  rmSync(join(known.directory, "parts"), { recursive: true });
  expect((await known.open((hive) => hive.read(["messages"]))).findings).not.toEqual([]);
  await known.examine({ repairs: true });
  const { findings, state } = await known.open((hive) => hive.read(["messages"]));
  expect(findings).toEqual([]);
  expect(state.messages.map(({ body }) => body)).toEqual(["Before"]);
});

it("does not send an operation again that landed, without a reply, long before the new replica begins", async () => {
  const known = await KnownHub.open(openSandbox());
  const op = await known.queue("Hello");
  const [outbox, copy] = [join(known.directory, "outbox"), join(known.directory, "copy")];
  await cp(outbox, copy, { recursive: true });
  await known.open((hive) => hive.outbox.send());
  const other = await known.sandbox.hive(known.url, known.sandbox.host("b"));
  for (const text of ["One", "Two", "Three"]) await say(other, "session-2", text);
  await cp(copy, outbox, { recursive: true });
  rmSync(join(known.replica, "HEAD"));
  await known.examine({ repairs: true });
  expect(existsSync(join(known.replica, "shallow"))).toBe(true);
  await known.open((hive) => hive.outbox.send());
  expect(await known.landed(op)).toBe(1);
});

it("creates a missing replica, which is no damage", async () => {
  const { known } = await setUp((replica) => rm(replica, { recursive: true }));
  expect(await known.examine()).toMatchObject({ bad: [], fixed: [] });
});

it("other commands on a damaged replica name hive doctor", async () => {
  const { known } = await setUp((replica) => rmSync(join(replica, "HEAD")));
  const failed = await known.open((hive) => hive.history.entries([])).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(HiveError);
  expect(failed).toMatchObject({
    code: "replica_unreadable",
    hint: expect.stringContaining("hive doctor --fix"),
  });
});

describe("a hub on this disk", () => {
  it("is never changed when it is damaged, because it has no other copy", async () => {
    const known = await KnownHub.open(openSandbox());
    await unpack(known.sandbox, known.hub);
    rmSync(someObjectOf(known.hub));
    const before = objectsIn(known.hub);
    const { bad, find, fixed } = await known.examine({ hub: known.hub, repairs: true });
    expect({ bad, fixed }).toEqual({ bad: ["repository"], fixed: [] });
    expect(find("repository").next).toMatch(/^git -C .* fsck; .* restore it/);
    expect(objectsIn(known.hub)).toEqual(before);
  });

  it("that is intact has no replica to check", async () => {
    const known = await KnownHub.open(openSandbox());
    const { checks, bad } = await known.examine({ hub: known.hub });
    expect(bad).toEqual([]);
    expect(checks.map(({ name }) => name)).toEqual([
      ...["git", "project", "identity", "hub", "push", "repository"],
      ...["locks", "leftovers", "unsent", "clock", "files", "sessions", "attributes"],
    ]);
  });

  it.each([
    ["no repository", "nowhere.git"],
    ["a checkout", "checkout"],
  ])("is reported missing where the address is of %s", async (_, name) => {
    const known = await KnownHub.open(openSandbox());
    known.sandbox.folder("checkout", ".git");
    const { bad, find } = await known.examine({ hub: join(known.sandbox.directory, name) });
    expect(bad).toEqual(["hub"]);
    expect(find("hub").next).toMatch(/hive init/);
  });
});

function someObjectOf(hub: string): string {
  const paths = objectsIn(hub).filter((path) => /objects\/[0-9a-f]{2}\//.test(path));
  const [largest] = paths.sort((a, b) => statSync(b).size - statSync(a).size);
  if (largest === undefined) throw new Error("the hub has no loose objects");
  return largest;
}
