import { describe, expect, it } from "vitest";
import type { WaitingSession } from "../../src/domain/activity/needs.ts";
import type { ToolName } from "../../src/domain/coding-tools/table.ts";
import { runHook } from "../../src/hook/run.ts";
import { Console } from "../support/console.ts";
import { openSandbox } from "../support/git-sandbox.ts";
import { HOSTILE_QUESTIONS } from "../support/hostile-questions.ts";
import { contextIn, ScriptedTool } from "../support/tool.ts";
import { isOneVisibleLine } from "../support/unsafe.ts";
import { EVENTS, WAITS } from "./events.ts";

const HUBS = [
  ["on this disk", (path: string) => path],
  ["behind a URL", (path: string) => `file://${path}`],
] as const;

/** A registered session of Claude Code's, and a person at a terminal of the same host. */
async function open(address: (path: string) => string = (path) => path, env: Record<string, string> = {}) {
  const sandbox = openSandbox();
  const hub = await sandbox.bareHub();
  const tool = new ScriptedTool(sandbox, "a", "project", env);
  const person = new Console(sandbox, { directory: tool.project });
  await person.print("init", "--remote", address(hub));
  await tool.tell("SessionStart", "one");
  const needs = async () => (await person.json<{ needs: WaitingSession[] }>("needs")).needs;
  const writes = async () => (await sandbox.history(hub)).filter(({ kind }) => kind === "needs").length;
  /** An event, and what it started, which has not run yet. */
  const send = async (name: string, over: object = {}) => {
    const event = { hook_event_name: name, session_id: "one", cwd: tool.project, ...over };
    const { said, world } = await tool.send(event);
    const run = async () => {
      for (const [, ...words] of world.started.splice(0)) await runHook(words, tool.world());
    };
    return { said, run };
  };
  return { sandbox, tool, person, needs, writes, send };
}

const BASH = { tool_name: "Bash", tool_input: { command: "npm publish" } };

describe.each(HUBS)("a session whose tool waits for its user, its hub %s", (_, address) => {
  it("asks at the hub after twenty seconds, until the tool is used", async () => {
    const { tool, needs } = await open(address);
    await tool.tell("PermissionRequest", "one", BASH);
    expect(await needs()).toMatchObject([
      { session: "session-1", question: "May it use Bash? npm publish", by_tool: true },
    ]);
    await tool.tell("PostToolUse", "one", BASH);
    expect(await needs()).toEqual([]);
  });

  it("writes nothing to the hub where it is answered before", async () => {
    const { tool, writes, send } = await open(address);
    for (const answer of [
      ["PostToolUse", BASH],
      ["UserPromptSubmit", { prompt: "No" }],
      ["Stop", {}],
    ] as const) {
      const asked = await send("PermissionRequest", BASH);
      await tool.tell(answer[0], "one", answer[1]);
      await asked.run();
    }
    expect(await writes()).toBe(0);
  });

  it("asks no more after the next prompt, and after the end of its turn", async () => {
    const { tool, needs } = await open(address);
    for (const [name, over] of [
      ["UserPromptSubmit", { prompt: "No" }],
      ["Stop", {}],
    ] as const) {
      await tool.tell("PermissionRequest", "one", BASH);
      expect(await needs()).toHaveLength(1);
      await tool.tell(name, "one", over);
      expect(await needs()).toEqual([]);
    }
  });
});

describe("what a session's tool asks its user", () => {
  it("stays open while other tools are used beside it", async () => {
    const { tool, needs } = await open();
    await tool.tell("PermissionRequest", "one", BASH);
    for (let time = 0; time < 3; time++) await tool.tell("PostToolUse", "one", { tool_name: "Read" });
    expect(await needs()).toHaveLength(1);
    await tool.tell("PostToolUse", "one", BASH);
    expect(await needs()).toEqual([]);
  });

  it("is the newest, told by one process however many are started", async () => {
    const { tool, needs, writes, send } = await open();
    const first = await send("PermissionRequest", BASH);
    await tool.tell("PostToolUse", "one", BASH);
    const second = await send("PermissionRequest", { tool_name: "Edit", tool_input: { file_path: "a.ts" } });
    await Promise.all([first.run(), second.run()]);
    expect(await needs()).toMatchObject([{ question: "May it use Edit? a.ts" }]);
    expect(await writes()).toBe(1);
  });

  it.each([
    ["idle_prompt", "Claude is waiting for your input", "Claude is waiting for your input"],
    ["elicitation_dialog", "Which account?", "Which account?"],
    ["permission_prompt", "Claude needs your permission", "Claude needs your permission"],
    ["idle_prompt", "", "It waits for the next prompt."],
    ["auth_success", "Hello", undefined],
  ])("is in the notification %s", async (notification_type, message, question) => {
    const { tool, needs } = await open();
    await tool.tell("Notification", "one", { notification_type, message });
    expect((await needs()).map((each) => each.question)).toEqual(question === undefined ? [] : [question]);
  });

  it("is not made vaguer by the notification of the same permission", async () => {
    const { needs, send } = await open();
    const asked = await send("PermissionRequest", BASH);
    const message = "Claude needs your permission to use Bash";
    const notified = await send("Notification", { notification_type: "permission_prompt", message });
    await asked.run();
    await notified.run();
    expect(await needs()).toMatchObject([{ question: "May it use Bash? npm publish" }]);
  });

  it("has the options of a question that the session shows its user", async () => {
    const { tool, needs } = await open();
    const options = [{ label: "Postgres", description: "x" }, { label: "SQLite" }];
    const questions = [{ question: "Which database?", header: "DB", options, multiSelect: false }];
    await tool.tell("PermissionRequest", "one", { tool_name: "AskUserQuestion", tool_input: { questions } });
    expect(await needs()).toMatchObject([{ question: "Which database?", options: ["Postgres", "SQLite"] }]);
  });

  it("is asked by every tool that tells of it, and ends with the use of a tool", async () => {
    for (const [name, make] of Object.entries(WAITS)) {
      const { sandbox, tool, needs } = await open();
      const scene = { session: "two", cwd: tool.project };
      const tell = async ({ fields, word = "" }: { fields: object; word?: string }) => {
        const { world } = await tool.send(fields, name, word);
        for (const [, ...words] of world.started) await runHook(words, tool.world());
      };
      await tell(EVENTS[name as ToolName].start(scene));
      await tell(make(scene, "npm publish"));
      expect(await needs(), name).toMatchObject([{ session: "session-2", by_tool: true }]);
      expect((await needs())[0]?.question).toContain("npm publish");
      sandbox.clock.now += 1000;
      await tell(EVENTS[name as ToolName].prompt(scene));
      expect(await needs(), name).toEqual([]);
    }
  });

  it("is asked of a subagent in its session's name", async () => {
    const { tool, needs } = await open();
    await tool.tell("PermissionRequest", "one", { ...BASH, agent_id: "sub" });
    expect(await needs()).toHaveLength(1);
  });

  it("tells no secret, and only what it is about where that is in doubt", async () => {
    const { tool, needs } = await open();
    const command = "curl -u bob:hunter2x https://example.org";
    await tool.tell("PermissionRequest", "one", { tool_name: "Bash", tool_input: { command } });
    const [first] = await needs();
    expect(first?.question).toMatch(/^May it use Bash\?/);
    expect(first?.question).not.toContain("hunter2x");
    const options = [{ label: "password=hunter2x" }, { label: "b" }];
    const questions = [{ question: "The password is hunter2x, right?", options }];
    await tool.tell("PermissionRequest", "one", { tool_name: "AskUserQuestion", tool_input: { questions } });
    expect(JSON.stringify(await needs())).not.toContain("hunter2x");
  });

  it("is one visible line, whatever the tool says", async () => {
    const { sandbox, tool, needs } = await open();
    for (const text of [...HOSTILE_QUESTIONS, "a\u001b[31mb\u0000\nc", "x".repeat(5000), "\ud800"]) {
      sandbox.clock.now += 1000;
      await tool.tell("UserPromptSubmit", "one", { prompt: "go" });
      const options = [{ label: text }, { label: "b" }];
      const input = { questions: [{ question: text, options }] };
      await tool.tell("PermissionRequest", "one", { tool_name: text, tool_input: input });
      const [need] = await needs();
      expect(need, text).toBeDefined();
      for (const shown of [need?.question ?? "", ...(need?.options ?? [])])
        expect(isOneVisibleLine(shown), JSON.stringify(shown)).toBe(true);
    }
  });

  it("replaces nothing that the session asks itself", async () => {
    const { tool, needs } = await open();
    await tool.shell("one").print("needs", "Which database?");
    await tool.tell("Notification", "one", { notification_type: "idle_prompt", message: "Waiting" });
    expect(await needs()).toMatchObject([{ question: "Which database?", by_tool: false }]);
    await tool.tell("UserPromptSubmit", "one", { prompt: "go" });
    expect(await needs()).toHaveLength(1);
  });

  it("is of no interest where the session has ended or has no hub, or the user turned it off", async () => {
    const { tool, needs } = await open();
    await tool.tell("PermissionRequest", "one", BASH);
    await tool.tell("SessionEnd", "one", { reason: "other" });
    expect(await needs()).toEqual([]);
    const { world } = await tool.send({
      hook_event_name: "PermissionRequest",
      session_id: "never-started",
      cwd: tool.project,
      ...BASH,
    });
    expect(world.started).toEqual([]);
    const off = await open(undefined, { HIVE_HOOK_OFF: "wait" });
    await off.tool.tell("PermissionRequest", "one", BASH);
    expect(await off.needs()).toEqual([]);
  });
});

describe("the answer to what a session asked its human", () => {
  it("keeps it from stopping, once, and its prompts remind it of an open question", async () => {
    const { sandbox, tool, person } = await open();
    await tool.shell("one").print("needs", "Which database?");
    sandbox.clock.now += 1000;
    const prompted = contextIn(await tool.tell("UserPromptSubmit", "one", { prompt: "hi" }));
    expect(prompted).toContain('you still ask your human "Which database?"');
    expect(contextIn(await tool.tell("UserPromptSubmit", "one", { prompt: "hi" }))).toBe("");
    await person.print("tell", "session-1", "Postgres", "--as", "ada");
    const held = JSON.stringify(await tool.tell("Stop", "one"));
    expect(held).toMatch(/ada \(unverified\) to you, high.*«Answer to: Which database\?: Postgres»/);
    expect(held).toContain("It answers you, and is unread.");
    expect(await tool.tell("Stop", "one")).toBeUndefined();
  });
});
