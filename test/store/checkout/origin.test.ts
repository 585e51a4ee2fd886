import { chmodSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { getuid } from "node:process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findProject } from "../../../src/store/checkout/checkout.ts";
import { firstCommits, normalRemote, remotesOf } from "../../../src/store/checkout/origin.ts";
import { openSandbox } from "../../support/git-sandbox.ts";

describe("the address of a remote has one spelling", () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
  it("whatever the scheme, user, port, ending and case of the host are", () => {
    fc.assert(
      fc.property(word, word, word, (host, owner, name) => {
        const path = `${owner}/${name}`;
        const all = [
          `https://${host}.org/${path}`,
          `https://ada:secret@${host.toUpperCase()}.org/${path}.git`,
          `ssh://git@${host}.org:2222/${path}.git/`,
          `git@${host}.org:${path}.git`,
          `${host}.org:/${path}`,
        ].map(normalRemote);
        expect(new Set(all)).toEqual(new Set([`${host}.org/${path}`]));
      }),
    );
  });

  it.each([
    ["/srv/git/shop.git", "/srv/git/shop"],
    ["file:///srv/git/shop.git/", "/srv/git/shop"],
    ["/home/ada/shop/.git", "/home/ada/shop"],
    ["C:\\work\\shop", "C:/work/shop"],
    ["../shop", undefined],
    ["", undefined],
    ["https://example.org", undefined],
  ])("for a repository on a disk, %s", (url, spelling) => {
    expect(normalRemote(url)).toBe(spelling);
  });
});

describe("the first commits of a repository", () => {
  it("are those of all its branches, and unknown where a part of the history is missing", async () => {
    const sandbox = openSandbox();
    const [p, git] = [sandbox.folder("p"), (...args: string[]) => sandbox.git(sandbox.folder("p"), ...args)];
    await git("init", "--quiet", "--initial-branch=main");
    expect(firstCommits(findProject(p), sandbox.env)).toEqual([]);
    await git("commit", "--quiet", "--allow-empty", "-m", "0");
    const first = await git("rev-parse", "HEAD");
    await git("commit", "--quiet", "--allow-empty", "-m", "1");
    await git("checkout", "--quiet", "--orphan", "pages");
    await git("commit", "--quiet", "--allow-empty", "-m", "pages");
    const pages = await git("rev-parse", "HEAD");
    expect(firstCommits(findProject(p), sandbox.env)).toEqual([first, pages].sort());
    await sandbox.git(sandbox.directory, "clone", "--quiet", "--depth=1", `file://${p}`, "shallow");
    expect(firstCommits(findProject(join(sandbox.directory, "shallow")), sandbox.env)).toBeUndefined();
    expect(firstCommits(findProject(p), { ...sandbox.env, PATH: "/nowhere" })).toBeUndefined();
  });
});

describe("settings that cannot be read are said", () => {
  it.skipIf(getuid?.() === 0)("where the user may not read them", async () => {
    const sandbox = openSandbox();
    await sandbox.git(sandbox.folder("p"), "init", "--quiet");
    chmodSync(join(sandbox.folder("p"), ".git", "config"), 0);
    expect(() => remotesOf(findProject(sandbox.folder("p")))).toThrow(/cannot be read/);
  });

  it("where the repository of a work tree does not exist here", async () => {
    const sandbox = openSandbox();
    const git = (...args: string[]) => sandbox.git(sandbox.folder("p"), ...args);
    await git("init", "--quiet");
    await git("commit", "--quiet", "--allow-empty", "-m", "0");
    await git("worktree", "add", "--quiet", "-b", "f", join(sandbox.directory, "w"));
    renameSync(sandbox.folder("p"), join(sandbox.directory, "gone"));
    expect(() => remotesOf(findProject(join(sandbox.directory, "w")))).toThrow(
      expect.objectContaining({ code: "project_unknown", hint: expect.stringContaining("--project") }),
    );
  });

  it("and a repository without settings has no remote", async () => {
    const sandbox = openSandbox();
    await sandbox.git(sandbox.folder("p"), "init", "--quiet");
    rmSync(join(sandbox.folder("p"), ".git", "config"));
    expect(remotesOf(findProject(sandbox.folder("p")))).toEqual([]);
  });
});
