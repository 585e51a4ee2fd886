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

/** Every file below a folder, with what it holds and when it was written. */
function contents(folder: string): (readonly [string, string, number])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => [path, readFileSync(path, "latin1"), statSync(path).mtimeMs] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

describe("what git tells of a checkout", () => {
  it("is what was done since it left the default branch, and what is not committed", async () => {
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

  it("is its last commits where it is on the default branch", async () => {
    const sandbox = openSandbox();
    const project = await aCheckout(sandbox);
    for (let number = 1; number <= 7; number++)
      await commit(sandbox, project, `${number}.txt`, `Commit ${number}`);
    const facts = await checkoutFacts(project, sandbox.env);
    expect(facts?.subjects).toEqual([7, 6, 5, 4, 3].map((number) => `Commit ${number}`));
    expect(facts?.changed).toEqual([3, 4, 5, 6, 7].map((number) => `${number}.txt`));
  });

  it("knows the default branch of its remote, whatever that is called", async () => {
    const sandbox = openSandbox();
    const origin = await aCheckout(sandbox);
    await sandbox.git(origin, "checkout", "--quiet", "-b", "trunk");
    await commit(sandbox, origin, "base.txt", "Base");
    const clone = join(sandbox.directory, "clone");
    await sandbox.git(sandbox.directory, "clone", "--quiet", origin, clone);
    await commit(sandbox, clone, "mine.txt", "Mine");
    expect(await checkoutFacts(clone, sandbox.env)).toMatchObject({ branch: "trunk", subjects: ["Mine"] });
  });

  it("says no branch where none is checked out, and no commit where there is none", async () => {
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

  it("is nothing where the project is no checkout", async () => {
    const sandbox = openSandbox();
    expect(await checkoutFacts(sandbox.folder("plain"), sandbox.env)).toBeUndefined();
  });

  it("is nothing that a broken checkout could say", async () => {
    const sandbox = openSandbox();
    const project = sandbox.folder("broken");
    sandbox.folder("broken", ".git");
    expect(await checkoutFacts(project, sandbox.env)).toMatchObject({ commit: undefined, dirty: [] });
  });

  it("is learned without a trace: not even the index is refreshed, and no hook runs", async () => {
    const sandbox = openSandbox();
    const project = await aCheckout(sandbox);
    await commit(sandbox, project, "a.txt", "First");
    // The same bytes written later: git would note that in its index.
    writeFileSync(join(project, "a.txt"), "First\n");
    writeFileSync(join(project, ".git", "hooks", "post-index-change"), "#!/bin/sh\ntouch ran\n", {
      mode: 0o755,
    });
    const before = contents(project);
    await checkoutFacts(project, sandbox.env);
    expect(contents(project)).toEqual(before);
  });
});
