import { describe, expect, it } from "vitest";
import type { HookAnswer, HookEvent } from "../../../src/domain/coding-tools/event.ts";
import { fieldsOf } from "../../../src/domain/coding-tools/event.ts";
import { TOOL_NAMES, type ToolName } from "../../../src/domain/coding-tools/table.ts";
import { TOOLS } from "../../../src/domain/coding-tools/tools.ts";
import { EVENTS } from "../../hook/events.ts";
import { SHAPES } from "./tool-shapes.ts";

const KINDS = ["start", "prompt", "edit", "beat", "stop", "end"] as const;
const SCENE = { session: "s-1", cwd: "/project", prompt: "Fix the login, please" };

function eventOf(name: ToolName, kind: (typeof KINDS)[number], over: object = {}): HookEvent {
  const { fields, word } = EVENTS[name][kind](SCENE);
  const event = TOOLS[name].read(fieldsOf({ ...fields, ...over }), word);
  if (event === undefined) throw new Error(`${name} has no ${kind}`);
  return event;
}

describe.each(TOOL_NAMES)("an event of %s", (name) => {
  it.each(KINDS)("is read as its kind: %s", (kind) => {
    expect(eventOf(name, kind)).toMatchObject({
      kind,
      session: "s-1",
      directory: "/project",
      isSubagent: false,
    });
  });

  it("has the user's prompt and the file to be changed", () => {
    expect(eventOf(name, "prompt").prompt).toBe("Fix the login, please");
    expect(eventOf(name, "edit").paths[0]).toBe("src/main.ts");
  });
});

describe.each(TOOL_NAMES)("an answer to %s", (name) => {
  const print = (kind: (typeof KINDS)[number], answer: HookAnswer) =>
    TOOLS[name].print(eventOf(name, kind), answer);

  it("has the vendor's shape", () => {
    const answers = [
      ["start", { context: "Facts" }],
      ["prompt", { context: "Facts" }],
      ["edit", { context: "Facts" }],
      ["edit", { ask: "Why" }],
      ["edit", { deny: "Why" }],
      ["stop", { hold: "Why" }],
    ] as const;
    for (const [kind, answer] of answers)
      expect(SHAPES[name][kind].safeParse(print(kind, answer))).toMatchObject({ success: true });
  });

  it("denies an edit where it says why the session may not make it now", () => {
    expect(JSON.stringify(print("edit", { deny: "It is claimed" }))).toMatch(/"deny".*It is claimed/);
  });

  it("is undefined if there is nothing to say", () => {
    for (const kind of KINDS) expect(print(kind, {})).toBeUndefined();
  });
});

it("a turn that a hook already kept from stopping is marked as held", () => {
  expect(eventOf("claude", "stop", { stop_hook_active: true }).isHeld).toBe(true);
  expect(eventOf("gemini", "stop", { stop_hook_active: true }).isHeld).toBe(true);
  expect(eventOf("cursor", "stop", { loop_count: 1 }).isHeld).toBe(true);
  expect(eventOf("claude", "stop").isHeld).toBe(false);
});

it("every file of a patch is found", () => {
  expect(eventOf("codex", "edit").paths).toEqual(["src/main.ts", "docs/new.md"]);
});

const PATCH = "*** Begin Patch\n*** Update File: a.ts\n*** Move to: b.ts\n*** Add File: c.ts\n*** End Patch";

it.each([
  ["a patch as a list", "apply_patch", { command: ["apply_patch", PATCH] }, ["a.ts", "b.ts", "c.ts"]],
  ["a patch alone", "apply_patch", PATCH, ["a.ts", "b.ts", "c.ts"]],
  ["a patch under another name", "patch", { patchText: PATCH }, ["a.ts", "b.ts", "c.ts"]],
  ["a patch in a shell", "Bash", { command: `apply_patch <<'EOF'\n${PATCH}\nEOF` }, ["a.ts", "b.ts", "c.ts"]],
  [
    "a list of edits",
    "MultiEdit",
    { edits: [{ file_path: "a.ts" }, { filePath: "b.ts" }] },
    ["a.ts", "b.ts"],
  ],
  ["changes by file", "apply_patch", { changes: { "a.ts": {}, "b.ts": {} } }, ["a.ts", "b.ts"]],
  ["a line for a shell", "Bash", { command: "sed -i s/1/2/ a.ts" }, ["a.ts"]],
  ["the words of a shell", "shell", { command: ["bash", "-lc", "echo 1 > 'a b'"] }, ["a b"]],
  ["a line in another folder", "bash", { command: "rm a.ts", workdir: "src" }, ["src/a.ts"]],
  ["a line that is no shell's", "mcp__x__run", { command: "rm a.ts" }, []],
  ["no edits", "Edit", { edits: 5, files: [null, 1], changes: [[]] }, []],
  ["nothing", "Edit", null, []],
])("the files of an edit are found in %s", (_, tool_name, tool_input, paths) => {
  expect(eventOf("claude", "edit", { tool_name, tool_input }).paths).toEqual(paths);
});

it("an event of a subagent is marked as such", () => {
  expect(eventOf("claude", "start", { agent_id: "a1" }).isSubagent).toBe(true);
  for (const kind of KINDS) {
    const own = { sessionId: "a1", agentId: "a1", parentAgentId: "s-1" };
    expect(eventOf("copilot", kind, own)).toMatchObject({ isSubagent: true, session: "s-1" });
  }
});

it("the end of a session in Codex, and reading in Copilot, are left alone as these tools want it", () => {
  expect(JSON.stringify(TOOLS.codex.hooks.events.SessionEnd)).toContain('"timeout":3');
  expect(TOOLS.copilot.hooks.events.preToolUse).toMatchObject({ matcher: "edit|create|bash|powershell" });
});
