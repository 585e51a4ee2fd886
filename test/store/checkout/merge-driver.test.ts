import { readFileSync } from "node:fs";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ATTRIBUTES_TEXT } from "../../../src/domain/hub/attributes.ts";
import { installMergeDriver } from "../../../src/store/checkout/merge-driver.ts";
import { Clones } from "../../support/clones.ts";
import { openSandbox } from "../../support/git-sandbox.ts";

const BOARD = "coordination/MESSAGES.md";

/** A clone, and a function that installs a program in it for git to start. */
async function setUp() {
  const sandbox = openSandbox();
  const clones = await Clones.open(sandbox);
  const install = (command: readonly string[], project = clones.clone) =>
    installMergeDriver(project, clones.url, command, sandbox.env);
  return {
    sandbox,
    clones,
    install,
    settings: () => readFileSync(join(clones.clone, ".git/config"), "utf8"),
  };
}

/** Merges two branches with different text in the board; returns the result and the file. */
async function mergeBoards(clones: Clones): Promise<{ isMerged: boolean; text: string }> {
  const write = async (name: string, text: string) => {
    await writeFile(join(clones.clone, name), text);
    await clones.git("add", ".");
    await clones.git("commit", "--quiet", "-m", "write");
  };
  await write("coordination/.gitattributes", ATTRIBUTES_TEXT);
  await write(BOARD, "base\n");
  await clones.git("switch", "--quiet", "-c", "side");
  await write(BOARD, "theirs\n");
  await clones.git("switch", "--quiet", "main");
  await write(BOARD, "ours\n");
  const end = clones.git("merge", "--quiet", "side").then(
    () => true,
    () => false,
  );
  return { isMerged: await end, text: readFileSync(join(clones.clone, BOARD), "utf8") };
}

describe("the merge driver in a clone of the hub", () => {
  it("is in the clone's own settings, once, and changes nothing else there", async () => {
    const { clones, install, settings } = await setUp();
    const before = settings();
    expect(await install(["/usr/bin/node", "/x/main.cjs"])).toBe(true);
    const after = settings();
    expect(after.startsWith(before)).toBe(true);
    expect(await clones.git("config", "--local", "--get-regexp", "^merge[.]")).toBe(
      [
        "merge.hive.name generated files of a git-hive hub",
        "merge.hive.driver '/usr/bin/node' '/x/main.cjs' merge-driver %O %A %B %P" +
          " || git merge-file -L ours -L base -L theirs %A %O %B",
      ].join("\n"),
    );
    expect(await install(["/usr/bin/node", "/x/main.cjs"])).toBe(true);
    expect(settings()).toBe(after);
  });

  it("is the one that was installed last", async () => {
    const { clones, install } = await setUp();
    await install(["/old"]);
    await clones.git("config", "--add", "merge.hive.driver", "/older");
    expect(await install(["/new"])).toBe(true);
    expect(await clones.git("config", "--get-all", "merge.hive.driver")).toMatch(/^'\/new' [^\n]*$/);
  });

  it.each(["a program", "it's", '"$(id)" %O `id`', "100%", "a\\b", "字"])(
    "starts the program whatever its path is: %s",
    async (name) => {
      const { sandbox, clones, install } = await setUp();
      const program = join(sandbox.folder(name), "hive");
      await writeFile(program, '#!/bin/sh\ncat "$2" "$4" "$3" > all; echo "$1 $5" >> all; mv all "$3"\n');
      await chmod(program, 0o755);
      await install([program]);
      expect(await mergeBoards(clones)).toEqual({
        isMerged: true,
        text: `base\ntheirs\nours\nmerge-driver ${BOARD}\n`,
      });
    },
  );

  it.each([
    ["is gone", "/gone/hive"],
    ["fails", "false"],
  ])("leaves an ordinary conflict when the program %s", async (_, program) => {
    const { clones, install } = await setUp();
    await install([program]);
    const { isMerged, text } = await mergeBoards(clones);
    expect(isMerged).toBe(false);
    expect(text).toBe("<<<<<<< ours\nours\n=======\ntheirs\n>>>>>>> theirs\n");
    expect(await clones.git("diff", "--name-only", "--diff-filter=U")).toBe(BOARD);
  });

  it.each([
    ["its path", "", "file://"],
    ["its file URL", "file://", ""],
  ])(
    "is installed when the clone knows the hub by %s, and the user joined it by the other",
    async (_, own, joined) => {
      const { sandbox, clones, settings } = await setUp();
      const path = clones.url.replace("file://", "");
      await clones.git("remote", "set-url", "origin", `${own}${path}`);
      const isDone = await installMergeDriver(clones.clone, `${joined}${path}`, ["hive"], sandbox.env);
      expect(isDone).toBe(true);
      expect(settings()).toContain("[merge");
    },
  );

  it("is not installed in a repository that is no clone of the hub", async () => {
    const { sandbox, clones, install, settings } = await setUp();
    expect(await install(["/x"], sandbox.folder("no-repository"))).toBe(false);
    await clones.git("remote", "set-url", "origin", "https://example.org/code.git");
    const before = settings();
    expect(await install(["/x"])).toBe(false);
    expect(settings()).toBe(before);
  });

  it("is not installed while another process writes the clone's settings", async () => {
    const { clones, install, settings } = await setUp();
    await writeFile(join(clones.clone, ".git/config.lock"), "");
    const before = settings();
    expect(await install(["/x"])).toBe(false);
    expect(settings()).toBe(before);
  });
});
