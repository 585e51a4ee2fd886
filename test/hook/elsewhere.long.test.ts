import { mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Console } from "../support/console.ts";
import { openSandbox } from "../support/git-sandbox.ts";
import { contextIn, ScriptedTool } from "../support/tool.ts";

interface Row {
  readonly id: string;
  readonly status: string;
  readonly current_work: string;
}

/** A session in project `A`, beside a project `B` with another hub and a folder without one. */
async function open(form: (path: string) => string = (path) => path) {
  const sandbox = openSandbox();
  const tool = new ScriptedTool(sandbox, "a", "A");
  const folders = { A: tool.project, B: sandbox.folder("projects", "a", "B"), none: sandbox.folder("none") };
  mkdirSync(join(folders.B, ".git"));
  const hubs = { A: form(await sandbox.bareHub("A")), B: form(await sandbox.bareHub("B")) };
  const at = (name: keyof typeof folders) => new Console(sandbox, { directory: folders[name] });
  await at("A").print("init", "--remote", hubs.A);
  await at("B").print("init", "--remote", hubs.B);
  const rows = async (name: "A" | "B") =>
    (
      await new Console(sandbox, { directory: folders.none, env: { HIVE_HUB: hubs[name] } }).json<{
        sessions: Row[];
      }>("sync")
    ).sessions.map(({ id, status, current_work }) => `${id} ${status} ${current_work}`.trim());
  const tell = (event: string, name: keyof typeof folders, over: object = {}) =>
    tool.tell(event, "one", { cwd: folders[name], ...over });
  await tell("SessionStart", "A");
  return { sandbox, tool, folders, hubs, at, rows, tell };
}

describe.each([
  ["on this disk", (path: string) => path],
  ["behind a URL", (path: string) => `file://${path}`],
])("a session that changes its folder, its hub %s,", (_, form) => {
  it("works and ends at its own hub", async () => {
    const { tell, rows, sandbox } = await open(form);
    await tell("UserPromptSubmit", "B", { prompt: "Mend the parser of it" });
    sandbox.clock.now += 600_000;
    await tell("PostToolUse", "none");
    expect(await rows("A")).toEqual(["session-1 active Mend the parser of it"]);
    await tell("SessionEnd", "none", { reason: "other" });
    expect([await rows("A"), await rows("B")]).toEqual([["session-1 offline Mend the parser of it"], []]);
  });

  it("acts at its own hub in its shell, too", async () => {
    const { tool, folders, rows } = await open(form);
    for (const directory of [folders.B, folders.none])
      expect(await tool.shell("one").with({ directory }).json("whoami")).toMatchObject({
        session: "session-1",
      });
    await tool.shell("one").with({ directory: folders.B }).print("heartbeat", "--work", "Elsewhere");
    expect([await rows("A"), await rows("B")]).toEqual([["session-1 active Elsewhere"], []]);
  });

  it("keeps its hub when its conversation is cleared elsewhere", async () => {
    const { tool, tell, folders, rows } = await open(form);
    await tell("SessionEnd", "A", { reason: "clear" });
    const cleared = { cwd: folders.A, source: "clear" };
    expect(contextIn(await tool.tell("SessionStart", "two", cleared))).toContain("session-1 ");
    await tool.tell("UserPromptSubmit", "two", { cwd: folders.B, prompt: "Mend the parser of it" });
    expect([await rows("A"), await rows("B")]).toEqual([["session-1 active Mend the parser of it"], []]);
  });

  it("keeps its hub when its project's folder gets another name", async () => {
    const { tool, folders, rows } = await open(form);
    renameSync(folders.A, `${folders.A}-2`);
    await tool.tell("UserPromptSubmit", "one", { cwd: `${folders.A}-2`, prompt: "Mend the parser of it" });
    expect(await rows("A")).toEqual(["session-1 active Mend the parser of it"]);
    expect(await rows("B")).toEqual([]);
  });

  it("moves with its project to another hub, and is gone from the first", async () => {
    const { tool, at, hubs, tell, rows } = await open(form);
    await tool.shell("one").print("join", hubs.B);
    expect(contextIn(await tell("UserPromptSubmit", "A", { prompt: "Mend the parser" }))).toContain(
      "session-1 in",
    );
    expect([await rows("A"), await rows("B")]).toEqual([
      ["session-1 offline"],
      ["session-1 active Mend the parser"],
    ]);
    await at("A").print("join", hubs.A);
    await tell("UserPromptSubmit", "A", { prompt: "hi" });
    expect([await rows("A"), await rows("B")]).toEqual([
      ["session-1 active"],
      ["session-1 offline Mend the parser"],
    ]);
  });

  it("is gone from the first hub, too, where its conversation was cleared before it was told of the other", async () => {
    const { tool, hubs, folders, tell, rows } = await open(form);
    await tool.shell("one").print("join", hubs.B);
    await tell("SessionEnd", "A", { reason: "clear" });
    await tool.tell("SessionStart", "two", { cwd: folders.A, source: "clear" });
    expect([await rows("A"), await rows("B")]).toEqual([["session-1 offline"], ["session-1 active"]]);
  });
});

it("a file in another project belongs to that project, also while the session is there", async () => {
  const { tell, tool, folders } = await open();
  const boss = new Console(tool.sandbox, { directory: folders.A, env: { HIVE_SESSION: "boss" } });
  await boss.print("register", "boss");
  await boss.print("claim", "src/x.ts", "src/y.ts", "--project", "B");
  const edit = (file_path: string, name: "A" | "B") =>
    tell("PreToolUse", name, { tool_name: "Edit", tool_input: { file_path } });
  expect(await edit("src/x.ts", "A")).toBeUndefined();
  expect(contextIn(await edit("src/x.ts", "B"))).toContain("boss (unverified) has claimed src/x.ts");
  expect(contextIn(await edit(join(folders.B, "src/y.ts"), "A"))).toContain("has claimed src/y.ts");
});

it("the end of a session is handed over without a look at the hub", async () => {
  const { tool, folders, hubs, rows } = await open();
  renameSync(hubs.A, `${hubs.A}.away`);
  const event = { hook_event_name: "SessionEnd", session_id: "one", cwd: folders.A, reason: "other" };
  const { world } = await tool.send(event);
  expect(world.started).toEqual([["hook", "leave", "CLAUDE_CODE_SESSION_ID=one"]]);
  renameSync(`${hubs.A}.away`, hubs.A);
  // The process was ended before it did anything. What runs next on this host does it.
  expect(await rows("A")).toEqual(["session-1 offline"]);
});
