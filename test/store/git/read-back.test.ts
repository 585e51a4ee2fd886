import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { gitAt } from "../../../src/store/git/git.ts";
import { readBack } from "../../../src/store/git/read-back.ts";
import { StuckLocks } from "../../../src/store/git/stuck-locks.ts";
import { type CommitDraft, moveRef, writeCommits } from "../../../src/store/git/write-commits.ts";
import { aMessage, NOON } from "../../support/builders.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { hubWith, sessionId } from "../../support/hub-with.ts";

const BRANCH = "refs/heads/main";
const NEXT = "refs/hive/next-host";

function draft(number: number): CommitDraft {
  const op = aMessage({ id: `01KG9M2V00000000000000000${number}` }).id;
  return {
    authors: [{ op, session: sessionId("session-1"), at: NOON }],
    kind: "test",
    subject: `change ${number}`,
    files: [{ path: "coordination/NOTE.md", text: "noted\n" }],
  };
}

async function setUp() {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox);
  const base = await sandbox.git(hub, "rev-parse", "main");
  const packs = () => readdirSync(join(hub, "objects/pack"));
  const deleteAll = (names: readonly string[]) => {
    for (const name of names) rmSync(join(hub, "objects/pack", name));
  };
  /** What a write adds to the packs. */
  const added = (write: () => unknown) => {
    const before = new Set(packs());
    write();
    return packs().filter((name) => !before.has(name));
  };
  const git = gitAt(hub, sandbox.env);
  const target = { git, next: NEXT, isHub: true, locks: new StuckLocks(hub, 1000) };
  const write = (drafts: readonly CommitDraft[]) => {
    const chain = writeCommits(target, base, drafts);
    if (chain === undefined) throw new Error("no other process writes here");
    return chain;
  };
  return { sandbox, hub, base, target, write, added, deleteAll };
}

describe("a chain that is about to be published", () => {
  it("is not published where a gc has deleted its pack", async () => {
    const { sandbox, hub, base, target, write, added, deleteAll } = await setUp();
    const pack = added(() => write([draft(1)]));
    const chain = write([draft(1)]);
    deleteAll(pack);
    expect(moveRef(target, BRANCH, base, chain.tip)).toBe(false);
    expect(await sandbox.git(hub, "rev-parse", "main")).toBe(base);
  });

  it("is written again where a gc has deleted a pack in which it found objects", async () => {
    const { sandbox, hub, base, target, write, added, deleteAll } = await setUp();
    const garbage = added(() => write([draft(1)]));
    const chain = write([draft(2)]);
    deleteAll(garbage);
    await expect(sandbox.fsck(hub)).rejects.toThrow();
    expect(readBack(target, base, [draft(2)], chain)).toBeUndefined();
    expect(moveRef(target, BRANCH, base, chain.tip)).toBe(true);
    await sandbox.fsck(hub);
  });

  it("does not need a pack that no ref kept, though it found objects there", async () => {
    const { sandbox, hub, base, target, write, added, deleteAll } = await setUp();
    // The write before this one lost its race, and its objects are in a pack that a running gc will delete.
    const garbage = added(() => write([draft(1)]));
    const chain = write([draft(2)]);
    expect(readBack(target, base, [draft(2)], chain)).toBeUndefined();
    deleteAll(garbage);
    expect(moveRef(target, BRANCH, base, chain.tip)).toBe(true);
    await sandbox.fsck(hub);
  });

  it("stays incomplete where its base is gone, and git's reason is returned", async () => {
    const { hub, base, target, write } = await setUp();
    write([draft(1)]);
    const chain = write([draft(2)]);
    rmSync(join(hub, "objects"), { recursive: true });
    expect(() => readBack(target, base, [draft(2)], chain)).toThrow(/repository/);
  });
});
