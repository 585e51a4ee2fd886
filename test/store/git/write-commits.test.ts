import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { gitAt } from "../../../src/store/git/git.ts";
import { type CommitDraft, writeCommits } from "../../../src/store/git/write-commits.ts";
import { aMessage, NOON } from "../../support/builders.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { hubWith, sessionId } from "../../support/hub-with.ts";

const BRANCH = "refs/heads/main";

/** A change by session-1; its number gives its operation's id. */
function draft(number: number, files: CommitDraft["files"]): CommitDraft {
  const op = aMessage({ id: `01KG9M2V0000000000000000${String(number).padStart(2, "0")}` }).id;
  return {
    authors: [{ op, session: sessionId("session-1"), at: NOON }],
    kind: "test",
    subject: `change ${number}`,
    files,
  };
}

async function setUp() {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox);
  const base = await sandbox.git(hub, "rev-parse", "main");
  return { sandbox, hub, base, git: gitAt(hub, sandbox.env) };
}

const NOTE = { path: "coordination/NOTE.md", text: "noted\n" };

describe("commits that wait for a push", () => {
  it("are the same each time they are written", async () => {
    const { sandbox, hub, base, git } = await setUp();
    const drafts = [draft(1, [NOTE]), draft(2, [{ ...NOTE, text: undefined }])];
    const first = await writeCommits(git, base, drafts, undefined);
    sandbox.clock.now += 3_600_000;
    expect(await writeCommits(git, base, drafts, undefined)).toEqual(first);
    expect(await sandbox.git(hub, "rev-parse", "refs/hive/next")).toBe(first?.tip);
    expect(await sandbox.git(hub, "rev-parse", "main")).toBe(base);
  });

  it("are a chain on the base, one for each draft, with the changes of the drafts", async () => {
    const { sandbox, hub, base, git } = await setUp();
    const drafts = [
      draft(1, [NOTE]),
      draft(2, [{ ...NOTE, text: "noted again\n" }]),
      draft(3, [{ ...NOTE, text: undefined }]),
    ];
    const tip = (await writeCommits(git, base, drafts, undefined))?.tip;
    const log = await sandbox.git(hub, "log", "--reverse", "--format=%s", "--name-status", `${base}..${tip}`);
    expect(log.split("\n").filter(Boolean)).toEqual(
      ["change 1", "A", "change 2", "M", "change 3", "D"].map((line) =>
        line.length === 1 ? `${line}\t${NOTE.path}` : line,
      ),
    );
    expect(await sandbox.git(hub, "rev-parse", `${tip}~3`)).toBe(base);
  });

  it("close no issue, mention no user and skip no run, whatever their subjects say", async () => {
    const { sandbox, hub, base, git } = await setUp();
    const subject = "broadcast a: Fixes #12, closes octo/repo#3 @octocat [skip ci]\n\nskip-checks: true";
    const tip = (await writeCommits(git, base, [{ ...draft(1, [NOTE]), subject }], undefined))?.tip ?? "";
    expect(await sandbox.git(hub, "log", "-1", "--format=%B", tip)).toBe(
      [
        "broadcast a: Fixes # 12, closes octo/repo# 3 @ octocat (skip ci) skip checks: true",
        "",
        "Hive-Op: 01KG9M2V000000000000000001",
        "Hive-Session: session-1",
        "Hive-Kind: test",
      ].join("\n"),
    );
  });
});

describe("commits to a ref", () => {
  it("move the ref only from the base", async () => {
    const { sandbox, hub, base, git } = await setUp();
    const first = await writeCommits(git, base, [draft(1, [NOTE])], BRANCH);
    expect(await sandbox.git(hub, "rev-parse", "main")).toBe(first?.tip);
    expect(await writeCommits(git, base, [draft(2, [NOTE])], BRANCH)).toBeUndefined();
    expect(await writeCommits(git, undefined, [draft(3, [NOTE])], BRANCH)).toBeUndefined();
    expect(await sandbox.git(hub, "rev-parse", "main")).toBe(first?.tip);
  });

  it("create the ref when it does not exist", async () => {
    const { sandbox } = await setUp();
    const empty = await sandbox.bareHub("empty");
    const first = await writeCommits(gitAt(empty, sandbox.env), undefined, [draft(1, [NOTE])], BRANCH);
    expect(await sandbox.history(empty)).toEqual([
      expect.objectContaining({ commit: first?.tip, parents: [] }),
    ]);
  });
});

describe("the objects of commits", () => {
  it("are one pack, which git keeps until the ref points to them", async () => {
    const { sandbox, hub, base, git } = await setUp();
    const packs = readdirSync(join(hub, "objects/pack")).length;
    const loose = await sandbox.git(hub, "count-objects");
    expect(await writeCommits(git, base, [draft(1, [NOTE])], BRANCH)).toMatchObject({ reusesObjects: false });
    expect(readdirSync(join(hub, "objects/pack"))).toHaveLength(packs + 2);
    expect(await sandbox.git(hub, "count-objects")).toBe(loose);
  });

  it("are known to be shared with objects that were there before", async () => {
    const { git, base } = await setUp();
    await writeCommits(git, base, [draft(1, [NOTE])], undefined);
    expect(await writeCommits(git, base, [draft(2, [NOTE])], BRANCH)).toMatchObject({ reusesObjects: true });
  });

  it("are written again after a git that died while it kept its pack", async () => {
    const { sandbox, hub, base, git } = await setUp();
    const drafts = [draft(1, [NOTE])];
    const before = new Set(readdirSync(join(hub, "objects/pack")));
    const first = await writeCommits(git, base, drafts, undefined);
    await sandbox.git(hub, "update-ref", "-d", "refs/hive/next");
    for (const name of readdirSync(join(hub, "objects/pack")).filter((each) => !before.has(each))) {
      rmSync(join(hub, "objects/pack", name));
      writeFileSync(join(hub, "objects/pack", name.replace(/\.\w+$/, ".keep")), "fast-import\n");
    }
    expect(await writeCommits(git, base, drafts, BRANCH)).toEqual(first);
    await sandbox.fsck(hub);
    const left = readdirSync(hub).concat(readdirSync(join(hub, "objects/pack")));
    expect(left.filter((name) => /keep|crash/.test(name))).toEqual([]);
  });
});

describe("a path outside the hub's folders is never written", () => {
  it.each([
    "../x",
    "/etc/x",
    "coordination",
    "coordination/",
    "coordination/../x",
    "coordination/./x",
    "coordination//x",
    "coordination/.git/x",
    "coordination/a\nM 100644 inline x",
    "coordination/a\0b",
    "coordination/a b",
    'coordination/"x"',
    "coordination/ä",
    "coordination\\x",
    "Coordination/x",
    "coordinations/x",
    "x/coordination/y",
    ".git/hooks/x",
    ".GIT/hooks/x",
    ".gitmodules",
    ".github/x",
    ".github/workflows/../../x",
    "-github/workflows/x",
    "xgithub/workflows/x",
    "README.md",
    "",
  ])("%j", async (path) => {
    const { sandbox, hub, base, git } = await setUp();
    const drafts = [draft(1, [NOTE]), draft(2, [{ path, text: "x" }])];
    await expect(writeCommits(git, base, drafts, BRANCH)).rejects.toThrow("outside the hub's folders");
    await expect(writeCommits(git, base, [draft(3, [{ path, text: undefined }])], BRANCH)).rejects.toThrow();
    expect(await sandbox.git(hub, "rev-parse", "main")).toBe(base);
  });
});
