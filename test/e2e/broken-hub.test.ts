import { describe, expect, it } from "vitest";
import { openSandbox } from "../support/git-sandbox.ts";
import { commitByHand } from "../support/hand-commit.ts";
import { hubWith } from "../support/hub-with.ts";
import { Machine } from "../support/processes.ts";
import { installHook } from "../support/server-hook.ts";

describe("the built program", () => {
  it.each([
    ["JSON", "SESSIONS/zz-9.json", '{"id":"zz-9",}'],
    ["YAML", "taxonomy.yaml", "ui: [a, *b]"],
    ["front matter", "MESSAGES/2026/01/31/01K00000000000000000000000.md", "---js\nprocess.exit(7)\n---\n"],
  ])("reports a file of broken %s by name and shows the rest", async (_, path, content) => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, "session-1");
    await commitByHand(sandbox, hub, [{ path: `coordination/${path}`, content }]);
    const machine = new Machine(sandbox, "a");
    const calls = [
      ["sync"],
      ["find-help", "ui"],
      ["inbox", "--as", "session-1"],
      ["broadcast", "Hello", "--as", "session-1"],
    ];
    const ends = [];
    for (const call of calls) ends.push(await machine.hive(...call, "--hub", hub));
    expect(ends.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(ends.map(({ err }) => err).join("")).toContain(`Not read: coordination/${path}:1: `);
  });

  it("ends when a repository refuses the creation of a hub", async () => {
    const sandbox = openSandbox();
    const hub = await sandbox.bareHub();
    await commitByHand(sandbox, hub, [{ path: "README.md", content: "Protected\n" }]);
    await installHook(hub, "pre-receive", "echo 'main is protected' >&2; exit 1");
    const { code, err } = await new Machine(sandbox, "a").hive("init", "--remote", `file://${hub}`, "--yes");
    expect(code).toBe(1);
    expect(err).toContain("main is protected");
  });

  it("notifies the requester of the outcome", async () => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, "session-1", "session-2");
    const machine = new Machine(sandbox, "a", { HIVE_HUB: hub });
    await machine.print("request", "session-2", "Help", "--as", "session-1");
    await machine.print("decline", "collab-1", "-m", "No access", "--as", "session-2");
    const inbox = await machine.print("inbox", "--as", "session-1");
    expect(inbox).toMatch(/You asked session-2: collab-\S+ is declined, \d+s ago: Help\n {2}\| No access/);
  });
});
