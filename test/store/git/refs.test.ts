import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { gitAt } from "../../../src/store/git/git.ts";
import { knownRef } from "../../../src/store/git/refs.ts";
import { openSandbox } from "../../support/git-sandbox.ts";

const REF = "refs/heads/main";

/** A bare repository, two commits in it that no ref points to, and a function that runs git in it. */
async function open(...options: string[]) {
  const sandbox = openSandbox();
  const path = sandbox.folder("repository.git");
  const git = (...args: string[]) => sandbox.git(path, ...args);
  await git("init", "--quiet", "--bare", "--initial-branch=main", ...options, ".");
  const tree = await git("mktree");
  const [one = "", two = ""] = [
    await git("commit-tree", "-m", "one", tree),
    await git("commit-tree", "-m", "two", tree),
  ];
  return { path, git, one, two, known: (ref = REF) => knownRef(gitAt(path, sandbox.env), ref) };
}

describe("the commit of a ref", () => {
  it("is null when there is no such ref", async () => {
    expect((await open()).known()).toBeNull();
  });

  it("is read from a loose ref, a packed one, and a loose one over an older packed one", async () => {
    const { git, one, two, known } = await open();
    await git("update-ref", REF, one);
    expect(known()).toBe(one);
    await git("pack-refs", "--all", "--prune");
    expect(known()).toBe(one);
    await git("update-ref", REF, two);
    expect(known()).toBe(two);
    await git("update-ref", "-d", REF);
    expect(known()).toBeNull();
  });

  it("is read through a symbolic ref", async () => {
    const { git, one, known } = await open();
    await git("update-ref", "refs/heads/trunk", one);
    await git("symbolic-ref", REF, "refs/heads/trunk");
    expect(known()).toBe(one);
  });

  it("is as long as the repository's ids", async () => {
    const { git, one, known } = await open("--object-format=sha256");
    await git("update-ref", REF, one);
    expect(known()).toBe(one);
    expect(one).toHaveLength(64);
  });

  it.each(["", "HEAD", "ref: refs/heads/none\n", "x".repeat(40), "a".repeat(39)])(
    "is null when its file contains %j",
    async (content) => {
      const { path, known } = await open();
      writeFileSync(join(path, REF), content);
      expect(known()).toBeNull();
    },
  );

  it("is null when only deeper refs exist", async () => {
    const { git, path, one, known } = await open();
    await git("update-ref", `${REF}/deeper`, one);
    expect(known()).toBeNull();
    mkdirSync(join(path, "refs/heads/empty"));
    expect(known("refs/heads/empty")).toBeNull();
  });

  it.each([`refs/tags/${REF}`, `refs/heads/${REF}`, `refs/remotes/${REF}`])(
    "is not taken from another ref that ends in its name: %s",
    async (other) => {
      const { git, one, known } = await open();
      await git("update-ref", other, one);
      expect(known()).toBeNull();
    },
  );
});
