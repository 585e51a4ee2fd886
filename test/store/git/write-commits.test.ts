import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { gitAt } from "../../../src/store/git/git.ts";
import { StuckLocks } from "../../../src/store/git/stuck-locks.ts";
import { type CommitDraft, moveRef, writeCommits } from "../../../src/store/git/write-commits.ts";
import { aMessage, NOON } from "../../support/builders.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { hubWith, sessionId } from "../../support/hub-with.ts";
import type { Sandbox } from "../../support/sandbox.ts";

const BRANCH = "refs/heads/main";
const NEXT = "refs/hive/next-host";

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
  return { sandbox, hub, base, target: targetIn(sandbox, hub) };
}

function targetIn(sandbox: Sandbox, hub: string) {
  return { git: gitAt(hub, sandbox.env), next: NEXT, isHub: true, locks: new StuckLocks(hub, 1000) };
}

const NOTE = { path: "coordination/NOTE.md", text: "noted\n" };

describe("commits that wait for a push", () => {
  it("are the same each time they are written", async () => {
    const { sandbox, hub, base, target } = await setUp();
    const drafts = [draft(1, [NOTE]), draft(2, [{ ...NOTE, text: undefined }])];
    const first = writeCommits(target, base, drafts);
    sandbox.clock.now += 3_600_000;
    expect(writeCommits(target, base, drafts)).toEqual(first);
    expect(await sandbox.git(hub, "rev-parse", "refs/hive/next-host")).toBe(first?.tip);
    expect(await sandbox.git(hub, "rev-parse", "main")).toBe(base);
  });

  it("are a chain on the base, one for each draft, with the changes of the drafts", async () => {
    const { sandbox, hub, base, target } = await setUp();
    const drafts = [
      draft(1, [NOTE]),
      draft(2, [{ ...NOTE, text: "noted again\n" }]),
      draft(3, [{ ...NOTE, text: undefined }]),
    ];
    const tip = writeCommits(target, base, drafts)?.tip;
    const log = await sandbox.git(hub, "log", "--reverse", "--format=%s", "--name-status", `${base}..${tip}`);
    expect(log.split("\n").filter(Boolean)).toEqual(
      ["change 1", "A", "change 2", "M", "change 3", "D"].map((line) =>
        line.length === 1 ? `${line}\t${NOTE.path}` : line,
      ),
    );
    expect(await sandbox.git(hub, "rev-parse", `${tip}~3`)).toBe(base);
  });

  it("close no issue, mention no user and skip no run, whatever their subjects say", async () => {
    const { sandbox, hub, base, target } = await setUp();
    const subject = "broadcast a: Fixes #12, closes octo/repo#3 @octocat [skip ci]\n\nskip-checks: true";
    const tip = writeCommits(target, base, [{ ...draft(1, [NOTE]), subject }])?.tip ?? "";
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

describe("a ref", () => {
  it("moves to a chain only from the base", async () => {
    const { sandbox, hub, base, target } = await setUp();
    const [first, second] = [1, 2].map(
      (number) => writeCommits(target, base, [draft(number, [NOTE])])?.tip ?? "",
    );
    expect(moveRef(target, BRANCH, base, first ?? "")).toBe(true);
    expect(moveRef(target, BRANCH, base, second ?? "")).toBe(false);
    expect(moveRef(target, BRANCH, undefined, second ?? "")).toBe(false);
    expect(await sandbox.git(hub, "rev-parse", "main")).toBe(first);
  });

  it("does not move when it is gone", async () => {
    const { sandbox, hub, base, target } = await setUp();
    const tip = writeCommits(target, base, [draft(1, [NOTE])])?.tip ?? "";
    await sandbox.git(hub, "update-ref", "-d", BRANCH);
    expect(moveRef(target, BRANCH, base, tip)).toBe(false);
  });

  it("is created when it does not exist", async () => {
    const { sandbox } = await setUp();
    const empty = await sandbox.bareHub("empty");
    const target = targetIn(sandbox, empty);
    const tip = writeCommits(target, undefined, [draft(1, [NOTE])])?.tip ?? "";
    expect(moveRef(target, BRANCH, undefined, tip)).toBe(true);
    expect(await sandbox.history(empty)).toEqual([expect.objectContaining({ commit: tip, parents: [] })]);
  });

  it("does not move while another git holds its lock", async () => {
    const { sandbox, hub, base, target } = await setUp();
    const tip = writeCommits(target, base, [draft(1, [NOTE])])?.tip ?? "";
    writeFileSync(join(hub, `${BRANCH}.lock`), "");
    expect(moveRef(target, BRANCH, base, tip)).toBe(false);
    expect(await sandbox.git(hub, "rev-parse", "main")).toBe(base);
  });
});

describe("the objects of commits", () => {
  it("are one pack, which git keeps until the ref points to them", async () => {
    const { sandbox, hub, base, target } = await setUp();
    const packs = readdirSync(join(hub, "objects/pack")).length;
    const loose = await sandbox.git(hub, "count-objects");
    expect(writeCommits(target, base, [draft(1, [NOTE])])).toMatchObject({ reusesObjects: false });
    expect(readdirSync(join(hub, "objects/pack"))).toHaveLength(packs + 2);
    expect(await sandbox.git(hub, "count-objects")).toBe(loose);
  });

  it("are known to be shared with objects that were there before", async () => {
    const { base, target } = await setUp();
    writeCommits(target, base, [draft(1, [NOTE])]);
    expect(writeCommits(target, base, [draft(2, [NOTE])])).toMatchObject({ reusesObjects: true });
  });

  it("are written again after a git that died while it kept its pack", async () => {
    const { sandbox, hub, base, target } = await setUp();
    const drafts = [draft(1, [NOTE])];
    const before = new Set(readdirSync(join(hub, "objects/pack")));
    const first = writeCommits(target, base, drafts);
    await sandbox.git(hub, "update-ref", "-d", "refs/hive/next-host");
    for (const name of readdirSync(join(hub, "objects/pack")).filter((each) => !before.has(each))) {
      rmSync(join(hub, "objects/pack", name));
      writeFileSync(join(hub, "objects/pack", name.replace(/\.\w+$/, ".keep")), "fast-import\n");
    }
    expect(writeCommits(target, base, drafts)).toEqual(first);
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
    const { sandbox, hub, base, target } = await setUp();
    const drafts = [draft(1, [NOTE]), draft(2, [{ path, text: "x" }])];
    expect(() => writeCommits(target, base, drafts)).toThrow("outside the hub's folders");
    expect(() => writeCommits(target, base, [draft(3, [{ path, text: undefined }])])).toThrow();
    expect(await sandbox.git(hub, "rev-parse", "main")).toBe(base);
  });
});
