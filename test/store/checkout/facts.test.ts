import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkoutFacts } from "../../../src/store/checkout/facts.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import type { Sandbox } from "../../support/sandbox.ts";

async function commit(sandbox: Sandbox, project: string, name: string, subject: string): Promise<void> {
  writeFileSync(join(project, name), `${subject}\n`);
  await sandbox.git(project, "add", "--", name);
  await sandbox.git(project, "commit", "--quiet", "-m", subject);
}

async function aCheckout(sandbox: Sandbox): Promise<string> {
  const project = sandbox.folder("project");
  await sandbox.git(project, "init", "--quiet", "--initial-branch=main");
  return project;
}

/** Every file below a folder, with its content and its modification time. */
function contents(folder: string): (readonly [string, string, number])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => [path, readFileSync(path, "latin1"), statSync(path).mtimeMs] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

describe("the facts of a checkout", () => {
  it("are the commits since it left the default branch, and the uncommitted changes", async () => {
    const sandbox = openSandbox();
    const project = await aCheckout(sandbox);
    await commit(sandbox, project, "base.txt", "Base");
    await sandbox.git(project, "checkout", "--quiet", "-b", "feature/charts");
    await commit(sandbox, project, "axes.txt", "Add axes");
    await commit(sandbox, project, "two words\n.txt", "Add words");
    writeFileSync(join(project, "base.txt"), "changed\n");
    writeFileSync(join(project, "ü new.txt"), "new\n");
    expect(await checkoutFacts(project, sandbox.env)).toEqual({
      branch: "feature/charts",
      commit: await sandbox.git(project, "rev-parse", "HEAD"),
      subjects: ["Add words", "Add axes"],
      changed: ["axes.txt", "two words\n.txt"],
      dirty: ["base.txt", "ü new.txt"],
    });
  });

  it("are its last commits when it is on the default branch", async () => {
    const sandbox = openSandbox();
    const project = await aCheckout(sandbox);
    for (let number = 1; number <= 7; number++)
      await commit(sandbox, project, `${number}.txt`, `Commit ${number}`);
    const facts = await checkoutFacts(project, sandbox.env);
    expect(facts?.subjects).toEqual([7, 6, 5, 4, 3].map((number) => `Commit ${number}`));
    expect(facts?.changed).toEqual([3, 4, 5, 6, 7].map((number) => `${number}.txt`));
  });

  it("use the default branch of its remote, whatever its name is", async () => {
    const sandbox = openSandbox();
    const origin = await aCheckout(sandbox);
    await sandbox.git(origin, "checkout", "--quiet", "-b", "trunk");
    await commit(sandbox, origin, "base.txt", "Base");
    const clone = join(sandbox.directory, "clone");
    await sandbox.git(sandbox.directory, "clone", "--quiet", origin, clone);
    await commit(sandbox, clone, "mine.txt", "Mine");
    expect(await checkoutFacts(clone, sandbox.env)).toMatchObject({ branch: "trunk", subjects: ["Mine"] });
  });

  it("have no branch when none is checked out, and no commit when there is none", async () => {
    const sandbox = openSandbox();
    const project = await aCheckout(sandbox);
    const empty = { branch: "main", commit: undefined, subjects: [], changed: [], dirty: [] };
    expect(await checkoutFacts(project, sandbox.env)).toEqual(empty);
    await commit(sandbox, project, "a.txt", "First");
    await sandbox.git(project, "checkout", "--quiet", "--detach");
    expect(await checkoutFacts(project, sandbox.env)).toMatchObject({
      branch: undefined,
      subjects: ["First"],
    });
  });

  it("are undefined when the project is no checkout", async () => {
    const sandbox = openSandbox();
    expect(await checkoutFacts(sandbox.folder("plain"), sandbox.env)).toBeUndefined();
  });

  it("are undefined for a broken checkout", async () => {
    const sandbox = openSandbox();
    const project = sandbox.folder("broken");
    sandbox.folder("broken", ".git");
    expect(await checkoutFacts(project, sandbox.env)).toMatchObject({ commit: undefined, dirty: [] });
  });

  it("are read without changes: not even the index is refreshed, and no hook runs", async () => {
    const sandbox = openSandbox();
    const project = await aCheckout(sandbox);
    await commit(sandbox, project, "a.txt", "First");
    // The same bytes with a later time: git would record that in its index.
    writeFileSync(join(project, "a.txt"), "First\n");
    writeFileSync(join(project, ".git", "hooks", "post-index-change"), "#!/bin/sh\ntouch ran\n", {
      mode: 0o755,
    });
    const before = contents(project);
    await checkoutFacts(project, sandbox.env);
    expect(contents(project)).toEqual(before);
  });
});
