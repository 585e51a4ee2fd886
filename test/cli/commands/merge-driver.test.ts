import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { renderBoard } from "../../../src/domain/messages/board.ts";
import { aMessage } from "../../support/builders.ts";
import { Console, errorOf } from "../../support/console.ts";
import { openSandbox } from "../../support/git-sandbox.ts";

const BOARD = "coordination/MESSAGES.md";

/** Git's three files in the current directory of a command, and the command. */
function setUp(...contents: (string | Uint8Array)[]) {
  const sandbox = openSandbox();
  const names = ["base", "ours", "theirs"] as const;
  for (const [index, name] of names.entries())
    writeFileSync(join(sandbox.folder("work"), name), contents[index] ?? "");
  return {
    merge: (path: string) => new Console(sandbox).run("merge-driver", ...names, path, "--json"),
    ours: () => readFileSync(join(sandbox.folder("work"), "ours")),
  };
}

describe("the merge driver", () => {
  const [one, two] = [aMessage(), aMessage({ id: "01KG9M2V0000000000000000AB", body: "Bye" })];
  const [empty, left, right] = [renderBoard([]), renderBoard([one]), renderBoard([two])];

  it("writes the merge of both sides to our file, where git reads it", async () => {
    const { merge, ours } = setUp(empty, left, right);
    expect(await merge(BOARD)).toMatchObject({ code: 0, err: "" });
    expect(ours().toString()).toBe(renderBoard([one, two]));
  });

  it("merges the registry by its own rule", async () => {
    const registry = '{"registry_version":"1.0","sessions":{}}';
    const { merge, ours } = setUp("", registry, registry);
    expect(await merge("coordination/REGISTRY.json")).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(ours().toString())).toEqual(JSON.parse(registry));
  });

  it.each([
    ["a file that is not generated", left, "coordination/SESSIONS/ab.json"],
    ["another file of that name", left, "MESSAGES.md"],
    ["JSON that is broken", "{", "coordination/REGISTRY.json"],
    ["a board that was edited", `${left}Mine\n`, BOARD],
    ["a file that is not UTF-8", Buffer.from([0x23, 0xff, 0x0a]), BOARD],
  ])("does not change %s, and fails, so that git reports a conflict", async (_, content, path) => {
    const { merge, ours } = setUp(empty, content, right);
    const ran = await merge(path);
    expect(ran).toMatchObject({ code: 1, out: "" });
    expect(errorOf(ran)).toMatchObject({ code: "not_merged", message: expect.stringContaining(path) });
    expect(ours()).toEqual(Buffer.from(content));
  });

  it("fails where git's files are missing", async () => {
    const ran = await new Console(openSandbox()).run("merge-driver", "a", "b", "c", BOARD);
    expect(ran).toMatchObject({ code: 1, out: "" });
  });
});
