import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { gitAt } from "../../../src/store/git/git.ts";
import { readBack } from "../../../src/store/git/read-back.ts";
import { type CommitDraft, writeCommits } from "../../../src/store/git/write-commits.ts";
import { aMessage, NOON } from "../../support/builders.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { hubWith, sessionId } from "../../support/hub-with.ts";

const BRANCH = "refs/heads/main";

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
  const added = async (write: () => Promise<unknown>) => {
    const before = new Set(packs());
    await write();
    return packs().filter((name) => !before.has(name));
  };
  return { sandbox, hub, base, git: gitAt(hub, sandbox.env), added, deleteAll };
}

describe("a chain that a ref points to", () => {
  it("is written again where a gc has deleted its pack", async () => {
    const { sandbox, hub, base, git, added, deleteAll } = await setUp();
    const drafts = [draft(1)];
    let chain: Awaited<ReturnType<typeof writeCommits>>;
    const pack = await added(async () => {
      chain = await writeCommits(git, base, drafts, BRANCH);
    });
    deleteAll(pack);
    await expect(sandbox.fsck(hub)).rejects.toThrow();
    if (chain === undefined) throw new Error("the chain was not written");
    expect(await readBack(git, base, drafts, chain)).toBeUndefined();
    await sandbox.fsck(hub);
    expect(await sandbox.git(hub, "for-each-ref", "--format=%(refname)")).toBe(BRANCH);
  });

  it("does not need a pack that no ref kept, though it found objects there", async () => {
    const { sandbox, hub, base, git, added, deleteAll } = await setUp();
    // The write before this one lost its race, and its objects are in a pack that a running gc will delete.
    const garbage = await added(() => writeCommits(git, base, [draft(1)], undefined));
    await sandbox.git(hub, "update-ref", "-d", "refs/hive/next");
    const chain = await writeCommits(git, base, [draft(2)], BRANCH);
    if (chain === undefined) throw new Error("the chain was not written");
    expect(await readBack(git, base, [draft(2)], chain)).toBeUndefined();
    deleteAll(garbage);
    await sandbox.fsck(hub);
  });

  it("stays incomplete where its base is gone, and git's reason is returned", async () => {
    const { hub, base, git } = await setUp();
    const drafts = [draft(1)];
    const chain = await writeCommits(git, base, drafts, BRANCH);
    if (chain === undefined) throw new Error("the chain was not written");
    rmSync(join(hub, "objects"), { recursive: true });
    expect(await readBack(git, base, drafts, chain).catch(({ message }) => message)).toMatch(/repository/);
  });
});
