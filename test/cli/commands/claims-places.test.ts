import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Console, errorOf } from "../../support/console.ts";
import { hubWith } from "../../support/hub-with.ts";
import { Sandbox } from "../../support/sandbox.ts";
import { ScriptedTool } from "../../support/tool.ts";

const sandbox = new Sandbox();
const at = (...names: string[]) => join(sandbox.directory, ...names);
let hub: string;

/** A console of a session in a folder. */
const on = (folder: string, session = "session-2") =>
  new Console(sandbox, { directory: at(folder), env: { HIVE_HUB: hub, HIVE_SESSION: session } });

beforeAll(async () => {
  hub = await hubWith(sandbox, "session-1", "session-2");
  for (const name of ["project", "lib"]) {
    await sandbox.git(sandbox.folder(name), "init", "--quiet", "--initial-branch=main");
    mkdirSync(at(name, "src"));
    writeFileSync(at(name, "src", "a.ts"), name);
    await sandbox.git(at(name), "add", ".");
    await sandbox.git(at(name), "commit", "--quiet", "-m", name);
  }
  symlinkSync("project", at("link"));
  symlinkSync("src", at("project", "sources"));
  const add = ["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", at("lib"), "deps/lib"];
  await sandbox.git(at("project"), ...add);
  await sandbox.git(at("project"), "commit", "--quiet", "-m", "lib");
  await sandbox.git(at("project"), "worktree", "add", "--quiet", "-b", "f", at("tree"));
  await on("project", "session-1").print("claim", "src/**", "deps/lib/docs/**");
  await on("project/deps/lib", "session-1").print("claim", "src/**");
});
afterAll(() => sandbox.close());

describe("a claim on a file is met", () => {
  it.each([
    ["by a path through a link", "project", at("link/src/a.ts")],
    ["in a folder that is named by a link", "link/src", "src/new/b.ts"],
    ["by a path through a link inside the project", "project", "sources/a.ts"],
    ["by a file that does not exist yet, through a link", "project", at("link/sources/new/deep.ts")],
    ["in a linked work tree", "tree", at("tree/src/a.ts")],
    ["for a file of another work tree of the repository", "project", at("tree/src/a.ts")],
    ["in a submodule, that is made in its superproject", "project/deps/lib", "docs/new.md"],
    ["in a submodule, for a pattern", "project/deps/lib", "docs/**/*.md"],
    ["in a superproject, that is made in its submodule", "project", "deps/lib/src/a.ts"],
    ["in a superproject, by a path of the disk", "project", at("project/deps/lib/src/a.ts")],
  ])("%s", async (_, folder, path) => {
    const { code, out } = await on(folder).run("claims", "check", path);
    expect([code, out]).toEqual([3, expect.stringContaining("session-1")]);
  });

  it.each([
    ["a file of the submodule that nobody holds", "project/deps/lib", "other/x.ts"],
    ["a file of the superproject with the path of one in the submodule", "project", "docs/new.md"],
  ])("and does not hold %s", async (_, folder, path) => {
    expect((await on(folder).run("claims", "check", path)).code).toBe(0);
  });

  it("when it is taken by the other name of a folder", async () => {
    const { code, err } = await on("project").run("claim", "sources/a.ts");
    expect([code, err]).toEqual([3, expect.stringContaining("session-1 holds src/**")]);
  });

  it("when a file of a submodule is committed", async () => {
    const lib = at("project", "deps", "lib");
    mkdirSync(join(lib, "docs"));
    writeFileSync(join(lib, "docs", "x.md"), "x");
    await sandbox.git(lib, "add", "docs");
    const { code, out } = await on("project/deps/lib").run("claims", "check", "--staged");
    expect([code, out]).toEqual([3, expect.stringContaining("docs/x.md is held by deps/lib/docs/**")]);
  });
});

describe("a coding tool is warned of a claim", () => {
  it.each([
    ["when it was started by a link", "link", "project/src/a.ts"],
    ["when it names the file by a link", "project", "link/src/a.ts"],
    ["when the file is new", "project", "link/sources/new/x.ts"],
    ["in a submodule that it is not in", "project", "project/deps/lib/src/a.ts"],
    ["in a submodule that it is in", "project/deps/lib", "project/deps/lib/docs/x.md"],
    ["in another work tree", "project", "tree/src/a.ts"],
  ])("%s", async (name, folder, file) => {
    const tool = new ScriptedTool(sandbox, "a", "any", { HIVE_HUB: hub });
    const session = name.replaceAll(" ", "-");
    await tool.tell("SessionStart", session, { cwd: at(folder) });
    const said = await tool.tell("PreToolUse", session, {
      cwd: at(folder),
      tool_name: "Edit",
      tool_input: { file_path: at(file) },
    });
    expect(JSON.stringify(said)).toContain("session-1 (unverified) has claimed");
  });
});

describe("a project whose name cannot be read", () => {
  it("takes no claim under another name", async () => {
    const folder = sandbox.folder("broken");
    writeFileSync(join(folder, ".git"), "gitdir: /nowhere/p/.git/worktrees/broken\n");
    const ran = await on("broken").run("--json", "claim", "src/**");
    expect([ran.code, errorOf(ran).code]).toEqual([1, "project_unknown"]);
    expect((await on("broken").run("claim", "src/**", "--project", "p")).code).toBe(0);
    const { checks } = JSON.parse((await on("broken").run("--json", "doctor")).out);
    expect(checks.find(({ name }: { name: string }) => name === "project").state).toBe("bad");
  });
});
