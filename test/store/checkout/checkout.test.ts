import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { findProject, folderOf, withSuperprojects } from "../../../src/store/checkout/checkout.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { Sandbox } from "../../support/sandbox.ts";

/** One folder with a repository in every shape in which people keep them. */
const shapes = new Sandbox();
const at = (...names: string[]) => join(shapes.directory, ...names);
const git = (folder: string, ...args: string[]) => shapes.git(at(folder), ...args);

beforeAll(async () => {
  for (const name of ["plain", "lib", "outer"]) {
    await git(".", "init", "--quiet", "--initial-branch=main", name);
    await git(name, "commit", "--quiet", "--allow-empty", "-m", "0");
  }
  mkdirSync(at("plain", "packages", "a"), { recursive: true });
  await git("plain", "worktree", "add", "--quiet", "-b", "f", at("plain-f"));
  symlinkSync("plain", at("link"));
  await git(".", "clone", "--quiet", "--bare", "plain", "beside/project.git");
  await git("beside/project.git", "worktree", "add", "--quiet", at("beside/main"), "main");
  mkdirSync(at("dotbare"));
  await git(".", "clone", "--quiet", "--bare", "plain", "dotbare/.bare");
  writeFileSync(at("dotbare/.git"), "gitdir: ./.bare\n");
  await git("dotbare", "worktree", "add", "--quiet", "main", "main");
  mkdirSync(at("inside"));
  await git(".", "clone", "--quiet", "--bare", "plain", "inside/.git");
  await git("inside/.git", "worktree", "add", "--quiet", at("inside/main"), "main");
  await git(".", "init", "--quiet", `--separate-git-dir=${at("store.git")}`, "separate");
  const add = ["-c", "protocol.file.allow=always", "submodule", "--quiet", "add"];
  await git("lib", ...add, at("plain"), "deps/deep");
  await git("lib", "commit", "--quiet", "-m", "deep");
  await git("outer", ...add, at("lib"), "libs/lib");
  await git(
    "outer",
    ...["-c", "protocol.file.allow=always", "submodule", "--quiet", "update", "--init", "--recursive"],
  );
  await git("outer", "commit", "--quiet", "-m", "lib");
  await git("outer/libs/lib", "worktree", "add", "--quiet", "-b", "f", at("lib-f"));
  await git("outer", "worktree", "add", "--quiet", "-b", "f", at("outer-f"));
  await git("outer-f", ...["-c", "protocol.file.allow=always", "submodule", "--quiet", "update", "--init"]);
  // A submodule that was cloned by hand, and a repository that only lies in another one.
  await git("outer", "clone", "--quiet", at("plain"), "byhand");
  await git("outer", ...add, at("plain"), "byhand");
  await git("outer", "clone", "--quiet", at("plain"), "vendored");
  await git("beside/project.git", "clone", "--quiet", at("plain"), "strange");
  mkdirSync(at("nothing", "below"), { recursive: true });
  return () => shapes.close();
});

describe("a project is its repository", () => {
  it.each([
    ["a subfolder", "plain/packages/a", "plain/.git", "plain"],
    ["a linked work tree", "plain-f", "plain/.git", "plain-f"],
    ["a path through a link", "link/packages", "plain/.git", "plain"],
    ["a path with a slash at its end and ..", "plain-f/../plain/", "plain/.git", "plain"],
    ["git's own directory", "plain/.git/refs", "plain/.git", "plain"],
    ["a work tree beside a bare repository", "beside/main", "beside/project.git", "beside/main"],
    ["the bare repository itself", "beside/project.git", "beside/project.git", "beside/project.git"],
    ["a work tree below .bare", "dotbare/main", "dotbare/.bare", "dotbare/main"],
    ["the folder with .bare and a .git file", "dotbare", "dotbare/.bare", "dotbare"],
    ["a work tree below a bare .git", "inside/main", "inside/.git", "inside/main"],
    ["the folder of a bare .git", "inside", "inside/.git", "inside"],
    ["a git directory elsewhere", "separate", "store.git", "separate"],
    ["a submodule", "outer/libs/lib", "outer/.git/modules/libs/lib", "outer/libs/lib"],
    ["a linked work tree of a submodule", "lib-f", "outer/.git/modules/libs/lib", "lib-f"],
    ["no repository", "nothing/below", "nothing/below", "nothing/below"],
    ["a folder that does not exist yet", "plain/new/deep", "plain/.git", "plain"],
  ])("for %s", (_, directory, key, root) => {
    const found = findProject(`${shapes.directory}/${directory}`);
    expect([found.key, found.root]).toEqual([at(key), at(root)]);
  });

  it.each([
    ["plain-f", "plain"],
    ["beside/main", "beside/project"],
    ["dotbare/main", "dotbare"],
    ["inside/main", "inside"],
    ["nothing", "nothing"],
  ])("and is known by one folder, %s by %s", (directory, folder) => {
    expect(folderOf(findProject(at(directory)))).toBe(at(folder));
  });

  it("also where the repository of a linked work tree does not exist here", async () => {
    const sandbox = openSandbox();
    const git = (...args: string[]) => sandbox.git(sandbox.folder("p"), ...args);
    await git("init", "--quiet");
    await git("commit", "--quiet", "--allow-empty", "-m", "0");
    await git("worktree", "add", "--quiet", "-b", "f", join(sandbox.directory, "w"));
    const before = findProject(join(sandbox.directory, "w"));
    renameSync(sandbox.folder("p"), join(sandbox.directory, "gone"));
    expect(findProject(join(sandbox.directory, "w"))).toEqual(before);
    rmSync(join(sandbox.directory, "w", ".git"));
    expect(findProject(join(sandbox.directory, "w")).isRepository).toBe(false);
  });
});

describe("a submodule belongs to", () => {
  it.each([
    ["its superproject", "outer/libs/lib", ["outer/libs/lib", "outer"]],
    [
      "all of them when they are nested",
      "outer/libs/lib/deps/deep",
      ["outer/libs/lib/deps/deep", "outer/libs/lib", "outer"],
    ],
    ["the linked work tree that it lies in", "outer-f/libs/lib", ["outer-f/libs/lib", "outer-f"]],
    ["its superproject, from a work tree of its own", "lib-f", ["lib-f", "outer"]],
    ["its superproject when it was cloned by hand", "outer/byhand", ["outer/byhand", "outer"]],
    ["nothing, where it is only a repository in another one", "outer/vendored", ["outer/vendored"]],
    [
      "nothing, where it lies in a bare repository",
      "beside/project.git/strange",
      ["beside/project.git/strange"],
    ],
    ["nothing, where it is no submodule", "plain-f", ["plain-f"]],
  ])("%s", (_, directory, roots) => {
    const found = withSuperprojects(findProject(at(...directory.split("/"))));
    expect(found.map(({ root }) => root.slice(shapes.directory.length + 1).replaceAll(sep, "/"))).toEqual(
      roots,
    );
  });
});
