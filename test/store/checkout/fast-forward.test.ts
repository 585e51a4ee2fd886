import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type CloneState, fastForwardClone } from "../../../src/store/checkout/fast-forward.ts";
import { Clones } from "../../support/clones.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import type { Sandbox } from "../../support/sandbox.ts";
import { installHook } from "../../support/server-hook.ts";

/** A clone, and a command that is run in it. */
async function setUp() {
  const sandbox = openSandbox();
  const clones = await Clones.open(sandbox);
  const step = (seen: CloneState, env = {}, project = clones.clone) =>
    fastForwardClone(project, seen, { ...sandbox.env, ...env });
  return { sandbox, clones, step };
}

/** Makes the hub unreachable. */
function cutOff(clones: Clones): Promise<void> {
  return rename(clones.hub, `${clones.hub}.away`);
}

/** Everything in a checkout that a user would miss: its commit, its files, its index, its settings, its stash. */
async function stateOf(sandbox: Sandbox, project: string) {
  const git = (...args: string[]) => sandbox.git(project, ...args);
  const own = await git("rev-parse", "--absolute-git-dir");
  return {
    head: readFileSync(join(own, "HEAD"), "utf8"),
    branches: await git("for-each-ref", "refs/heads", "refs/stash", "refs/tags"),
    index: readFileSync(join(own, "index")),
    config: await git("config", "--local", "--list"),
    files: readdirSync(project, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes(".git"))
      .map(({ parentPath, name }) => `${name}: ${readFileSync(join(parentPath, name), "utf8")}`),
  };
}

describe("a clone that is only behind", () => {
  it("moves to the newest state that the host knows, and is up to date, without asking the hub", async () => {
    const { clones, step } = await setUp();
    await clones.commit("SESSIONS/ab.json", "{}\n");
    const oid = await clones.commit();
    const seen = await clones.replicate();
    await cutOff(clones);
    expect(await step(seen)).toBe("moved");
    expect(await clones.git("status", "--porcelain", "--branch")).toBe("## main...origin/main");
    expect(await clones.git("rev-parse", "HEAD", "origin/main")).toBe(`${oid}\n${oid}`);
    expect(readFileSync(join(clones.clone, "coordination/SESSIONS/ab.json"), "utf8")).toBe("{}\n");
    expect(await step(seen)).toBe("kept");
  });

  it("moves from a replica whose history starts where the clone's ends", async () => {
    const { clones, step } = await setUp();
    await clones.replicate("--depth=1");
    await clones.commit();
    const oid = await clones.commit();
    const seen = await clones.replicate();
    await cutOff(clones);
    expect(await step(seen)).toBe("moved");
    expect(await clones.git("rev-parse", "HEAD", "--is-shallow-repository")).toBe(`${oid}\nfalse`);
  });

  it("fetches from the hub what a replica with a later start lacks, and stays complete", async () => {
    const { clones, step, sandbox } = await setUp();
    await clones.commit();
    const oid = await clones.commit();
    const seen = await clones.replicate("--depth=1");
    expect(await step(seen)).toBe("moved");
    expect(await clones.git("rev-parse", "HEAD", "--is-shallow-repository")).toBe(`${oid}\nfalse`);
    await sandbox.fsck(clones.clone);
  });

  it("stays unchanged when it needs the hub and the hub is unreachable", async () => {
    const { clones, step, sandbox } = await setUp();
    await clones.commit();
    await clones.commit();
    const seen = await clones.replicate("--depth=1");
    await cutOff(clones);
    const before = await stateOf(sandbox, clones.clone);
    expect(await step(seen)).toBe("kept");
    expect(await stateOf(sandbox, clones.clone)).toEqual(before);
    await sandbox.fsck(clones.clone);
  });

  it("moves with a hub that is a repository on this disk", async () => {
    const { clones, step } = await setUp();
    await clones.git("remote", "set-url", "origin", "../hubs/hub.git");
    const oid = await clones.commit();
    const seen = { directory: clones.hub, ref: "refs/heads/main", oid, url: clones.hub };
    expect(await step(seen)).toBe("moved");
    expect(await clones.git("rev-parse", "HEAD")).toBe(oid);
  });

  it("moves although there are unrelated changes: a new file, a stash, another remote", async () => {
    const { clones, step } = await setUp();
    writeFileSync(join(clones.clone, "coordination/hive.yaml"), "mine\n");
    await clones.git("stash");
    writeFileSync(join(clones.clone, "mine.txt"), "mine\n");
    await clones.git("remote", "add", "aaa", "https://example.org/fork.git");
    await clones.commit();
    expect(await step(await clones.replicate())).toBe("moved");
    expect(await clones.git("status", "--porcelain")).toBe("?? mine.txt");
    expect(await clones.git("stash", "list")).not.toBe("");
  });

  it("moves when it was cloned with a login, and when its refs are packed", async () => {
    const { clones, step } = await setUp();
    await clones.git("remote", "set-url", "origin", "https://ada:secret@example.org/hub.git");
    await clones.git("pack-refs", "--all");
    await clones.commit();
    const seen = { ...(await clones.replicate()), url: "https://bob:other@example.org/hub.git" };
    expect(await step(seen)).toBe("moved");
  });

  it("moves although it was cloned before the repository became a hub", async () => {
    const { sandbox, clones, step } = await setUp();
    const early = await sandbox.bareHub("early");
    await sandbox.git(clones.clone, "rm", "--quiet", "-r", "coordination");
    await clones.git("commit", "--quiet", "--allow-empty", "-m", "empty");
    await clones.git("push", "--quiet", early, "main");
    await clones.git("remote", "set-url", "origin", `file://${early}`);
    await clones.git("fetch", "--quiet");
    const other = join(sandbox.directory, "other");
    await sandbox.git(sandbox.directory, "clone", "--quiet", early, other);
    await sandbox.git(other, "commit", "--quiet", "--allow-empty", "-m", "made a hub");
    await sandbox.git(other, "push", "--quiet");
    const oid = await sandbox.git(early, "rev-parse", "main");
    const seen = { directory: early, ref: "refs/heads/main", oid, url: `file://${early}` };
    expect(await step(seen)).toBe("moved");
  });

  it.each(["--squash", "--strategy=ours", "--no-commit --no-ff"])(
    "moves although the user configured every merge as %s",
    async (options) => {
      const { clones, step } = await setUp();
      await clones.git("config", "branch.main.mergeOptions", options);
      await clones.git("config", "merge.ff", "false");
      const oid = await clones.commit();
      expect(await step(await clones.replicate())).toBe("moved");
      expect(await clones.git("rev-parse", "HEAD")).toBe(oid);
      expect(await clones.git("status", "--porcelain")).toBe("");
    },
  );

  it("moves when it is shallow, and stays shallow", async () => {
    const { sandbox, clones, step } = await setUp();
    await clones.commit();
    const shallow = join(sandbox.directory, "shallow");
    await sandbox.git(sandbox.directory, "clone", "--quiet", "--depth=1", clones.url, shallow);
    await clones.replicate("--depth=1");
    const oid = await clones.commit();
    const seen = await clones.replicate();
    await cutOff(clones);
    expect(await step(seen, {}, shallow)).toBe("moved");
    expect(await sandbox.git(shallow, "rev-parse", "HEAD", "--is-shallow-repository")).toBe(`${oid}\ntrue`);
    await sandbox.fsck(shallow);
  });

  it("moves when it is a linked work tree, and leaves the other work trees unchanged", async () => {
    const { sandbox, clones, step } = await setUp();
    await clones.git("switch", "--quiet", "-c", "mine");
    const linked = join(sandbox.directory, "linked");
    await clones.git("worktree", "add", "--quiet", linked, "main");
    const oid = await clones.commit();
    const seen = await clones.replicate();
    const before = await stateOf(sandbox, clones.clone);
    expect(await step(seen)).toBe("kept");
    expect(await step(seen, {}, linked)).toBe("moved");
    expect(await sandbox.git(linked, "rev-parse", "HEAD")).toBe(oid);
    expect(await sandbox.git(linked, "status", "--porcelain")).toBe("");
    expect({ ...(await stateOf(sandbox, clones.clone)), branches: before.branches }).toEqual(before);
  });

  it("moves without running a hook, and leaves only what the move needs", async () => {
    const { sandbox, clones, step } = await setUp();
    const canary = join(sandbox.directory, "canary");
    const hooks = [
      "post-merge",
      "post-checkout",
      "post-index-change",
      "reference-transaction",
      "pre-auto-gc",
    ];
    for (const name of hooks) await installHook(join(clones.clone, ".git"), name, `touch ${canary}`);
    await clones.commit();
    const { config } = await stateOf(sandbox, clones.clone);
    expect(await step(await clones.replicate())).toBe("moved");
    expect(existsSync(canary)).toBe(false);
    expect((await stateOf(sandbox, clones.clone)).config).toBe(config);
    expect(await clones.git("for-each-ref", "--format=%(refname)")).toBe(
      "refs/heads/main\nrefs/remotes/origin/HEAD\nrefs/remotes/origin/main",
    );
    expect(existsSync(join(clones.clone, ".git/FETCH_HEAD"))).toBe(false);
  });
});

describe("a clone stays unchanged", () => {
  const write = (clones: Clones, name: string) => writeFileSync(join(clones.clone, name), "mine\n");

  it.each<[string, (clones: Clones) => unknown]>([
    ["is on another branch", (clones) => clones.git("switch", "--quiet", "-c", "mine")],
    ["is on no branch", (clones) => clones.git("switch", "--quiet", "--detach")],
    ["has a changed file", (clones) => write(clones, "coordination/hive.yaml")],
    [
      "has a staged file",
      async (clones) => {
        write(clones, "mine.txt");
        await clones.git("add", "mine.txt");
      },
    ],
    ["has a removed file", (clones) => clones.git("rm", "--quiet", "--cached", "coordination/hive.yaml")],
    ["has a file that would be overwritten", (clones) => write(clones, "coordination/file.txt")],
    ["has a commit that is not pushed", (clones) => clones.git("commit", "--allow-empty", "-m", "mine")],
    ["has a commit instead of the hub's", (clones) => clones.git("commit", "--amend", "-m", "mine")],
    [
      "has an unfinished merge",
      async (clones) => {
        await clones.git("commit", "--allow-empty", "-m", "mine");
        await clones.git("switch", "--quiet", "-c", "side", "HEAD~");
        await clones.git("commit", "--allow-empty", "-m", "side");
        await clones.git("switch", "--quiet", "main");
        await clones.git("reset", "--quiet", "--hard", "origin/main");
        await clones.git("merge", "--quiet", "--no-commit", "--no-ff", "side");
      },
    ],
    ["is being written to by another git", (clones) => write(clones, ".git/index.lock")],
    ["is no clone of the hub", (clones) => clones.git("remote", "set-url", "origin", "/elsewhere.git")],
    ["has no remote", (clones) => clones.git("remote", "remove", "origin")],
    [
      "has a remote that would run a program",
      (clones) => clones.git("remote", "set-url", "origin", "ext::sh -c id"),
    ],
  ])("when it %s", async (_, change) => {
    const { sandbox, clones, step } = await setUp();
    await change(clones);
    await clones.commit();
    const seen = await clones.replicate();
    const before = await stateOf(sandbox, clones.clone);
    expect(await step(seen)).toBe("kept");
    expect(await stateOf(sandbox, clones.clone)).toEqual(before);
  });

  it("when the hub was set back", async () => {
    const { sandbox, clones, step } = await setUp();
    await clones.commit();
    await step(await clones.replicate());
    await sandbox.git(clones.hub, "update-ref", "refs/heads/main", "main~");
    await clones.commit();
    const seen = await clones.replicate();
    const before = await stateOf(sandbox, clones.clone);
    expect(await step(seen)).toBe("kept");
    expect(await stateOf(sandbox, clones.clone)).toEqual(before);
  });

  it("when it is ahead of the host's newest state, and the hub is not asked", async () => {
    const { clones, step } = await setUp();
    const seen = await clones.replicate("--depth=1");
    const oid = await clones.commit();
    await clones.git("pull", "--quiet");
    expect(await step(seen)).toBe("kept");
    expect(await clones.git("rev-parse", "HEAD", "origin/main")).toBe(`${oid}\n${oid}`);
  });

  it.each(["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"])("in a hook of its own: %s is set", async (name) => {
    const { clones, step } = await setUp();
    await clones.commit();
    expect(await step(await clones.replicate(), { [name]: join(clones.clone, ".git") })).toBe("kept");
  });

  it("and git is not started, when it is up to date or is no clone of any hub", async () => {
    const { sandbox, clones, step } = await setUp();
    const seen = await clones.replicate();
    const nothing = { PATH: sandbox.folder("nothing") };
    expect(await step(seen, nothing)).toBe("kept");
    const code = sandbox.folder("code");
    await sandbox.git(code, "init", "--quiet", "--initial-branch=main");
    await sandbox.git(code, "commit", "--quiet", "--allow-empty", "-m", "mine");
    expect(await step(seen, nothing, code)).toBe("kept");
    expect(await step(seen, nothing, sandbox.folder("no-repository"))).toBe("kept");
  });
});
