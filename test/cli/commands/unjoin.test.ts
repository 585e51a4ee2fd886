import { describe, expect, it } from "vitest";
import { Console, errorOf } from "../../support/console.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { commitByHand } from "../../support/hand-commit.ts";

async function open() {
  const sandbox = openSandbox();
  const hub = `file://${await sandbox.bareHub()}`;
  const one = new Console(sandbox, { env: { HIVE_SESSION: "session-1" } });
  await one.print("init", "--remote", hub);
  await one.print("register", "session-1");
  return { sandbox, hub, one };
}

describe("hive unjoin", () => {
  it("makes the project forget its hub, until it joins again", async () => {
    const { hub, one } = await open();
    expect(await one.print("unjoin")).toBe(
      `This project no longer uses ${hub}.\nTo use it again: hive join ${hub}\n`,
    );
    expect(await one.run("--json", "sync")).toMatchObject({
      code: 2,
      err: expect.stringContaining("no_hub"),
    });
    expect(await one.run("unjoin")).toMatchObject({ code: 2 });
    await one.print("join", hub);
    expect(await one.json("sync")).toMatchObject({ summary: { total: 1 } });
  });

  it("says what waits to be sent, keeps it, and goes on only with --yes", async () => {
    const { hub, one } = await open();
    await one.run("--offline", "broadcast", "Hello");
    const refused = await one.run("--json", "unjoin");
    expect(refused.code).toBe(2);
    expect(errorOf(refused).message).toContain("1 operation waits");
    expect(await one.json("outbox")).toMatchObject({ operations: [{ kind: "broadcast" }] });
    expect(await one.json("unjoin", "--yes")).toEqual({ hub, waiting: 1 });
    await one.print("join", hub);
    await one.print("sync");
    expect(await one.json("log", "--kind", "broadcast")).toMatchObject({ entries: [{ kind: "broadcast" }] });
  });

  it("is about no hub that the command line names", async () => {
    const { hub, one } = await open();
    expect((await one.run("unjoin", "--hub", hub)).code).toBe(2);
    expect(await one.json("sync")).toMatchObject({ hub_chosen: true });
  });
});

describe("hive init in a project that uses a hub", () => {
  it("does nothing but say so, unless it is that hub or is to replace it", async () => {
    const { sandbox, hub, one } = await open();
    for (const argv of [["init"], ["init", "--remote", `file://${await sandbox.bareHub("other.git")}`]]) {
      const refused = await one.run("--json", ...argv);
      expect(refused.code).toBe(2);
      expect(errorOf(refused).message).toContain(hub);
      expect(errorOf(refused).hint).toContain("--replace");
    }
    expect(await one.json("init", "--remote", hub)).toMatchObject({ hub, created: false });
    expect(await one.json("sync")).toMatchObject({ hub });
    expect(await one.json("init", "--replace")).toMatchObject({ created: true });
    expect(await one.json("sync")).toMatchObject({ summary: { total: 0 } });
  });
});

describe("hive init in a repository with other content", () => {
  it("pushes nothing without a yes", async () => {
    const sandbox = openSandbox();
    const repository = await sandbox.bareHub();
    await commitByHand(sandbox, repository, [{ path: "README.md", content: "Our app" }]);
    const before = await sandbox.git(repository, "rev-parse", "main");
    const one = new Console(sandbox);
    for (const address of [repository, `file://${repository}`]) {
      const refused = await one.run("--json", "init", "--remote", address);
      expect(refused.code).toBe(2);
      expect(errorOf(refused).hint).toContain("--yes");
    }
    const asked = one.with({ isInteractive: () => true, ask: async () => "n" });
    expect((await asked.run("init", "--remote", `file://${repository}`)).code).toBe(2);
    expect(await sandbox.git(repository, "rev-parse", "main")).toBe(before);
    const agreed = one.with({ isInteractive: () => true, ask: async () => "y" });
    expect(await agreed.print("init", "--remote", `file://${repository}`)).toContain("Created the hub");
    expect(await sandbox.git(repository, "show", "main:README.md")).toBe("Our app");
  });

  it("does not ask where its newest commit has no file", async () => {
    const sandbox = openSandbox();
    const repository = await sandbox.bareHub();
    const tree = await sandbox.git(repository, "mktree");
    const commit = await sandbox.git(repository, "commit-tree", "-m", "old", tree);
    await sandbox.git(repository, "update-ref", "refs/heads/main", commit);
    expect(await new Console(sandbox).json("init", "--remote", `file://${repository}`)).toMatchObject({
      created: true,
    });
    expect(await sandbox.history(repository)).toHaveLength(2);
  });

  it("makes the hub with --yes", async () => {
    const sandbox = openSandbox();
    const repository = await sandbox.bareHub();
    await commitByHand(sandbox, repository, [{ path: "README.md", content: "Our app" }]);
    expect(await new Console(sandbox).json("init", "--remote", repository, "--yes")).toMatchObject({
      created: true,
    });
  });
});
