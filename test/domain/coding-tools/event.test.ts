import { describe, expect, it } from "vitest";
import { claude } from "../../../src/domain/coding-tools/claude.ts";
import { codex } from "../../../src/domain/coding-tools/codex.ts";
import { copilot } from "../../../src/domain/coding-tools/copilot.ts";
import { cursor } from "../../../src/domain/coding-tools/cursor.ts";
import type { HookAnswer, HookEvent, Tool } from "../../../src/domain/coding-tools/event.ts";
import { fieldsOf } from "../../../src/domain/coding-tools/event.ts";
import { gemini } from "../../../src/domain/coding-tools/gemini.ts";
import { EVENTS } from "../../hook/events.ts";
import { SHAPES, type ToolName } from "./tool-shapes.ts";

const TOOLS: Record<ToolName, Tool> = { claude, codex, gemini, cursor, copilot };
const NAMES = Object.keys(TOOLS) as ToolName[];
const KINDS = ["start", "prompt", "edit", "beat", "stop", "end"] as const;
const SCENE = { session: "s-1", cwd: "/project", prompt: "Fix the login, please" };

function eventOf(name: ToolName, kind: HookEvent["kind"], over: object = {}): HookEvent {
  const { fields, word } = EVENTS[name][kind](SCENE);
  const event = TOOLS[name].read(fieldsOf({ ...fields, ...over }), word);
  if (event === undefined) throw new Error(`${name} has no ${kind}`);
  return event;
}

describe.each(NAMES)("what %s sends", (name) => {
  it.each(KINDS)("is known for what it is: %s", (kind) => {
    expect(eventOf(name, kind)).toMatchObject({
      kind,
      session: "s-1",
      directory: "/project",
      isSubagent: false,
    });
  });

  it("says what its user wrote, and which file is to be changed", () => {
    expect(eventOf(name, "prompt").prompt).toBe("Fix the login, please");
    expect(eventOf(name, "edit").paths[0]).toBe("src/main.ts");
  });
});

describe.each(NAMES)("what %s is told", (name) => {
  const print = (kind: HookEvent["kind"], answer: HookAnswer) =>
    TOOLS[name].print(eventOf(name, kind), answer);

  it("has the vendor's shape", () => {
    const answers = [
      ["start", { context: "Facts" }],
      ["prompt", { context: "Facts" }],
      ["edit", { context: "Facts" }],
      ["edit", { ask: "Why" }],
      ["stop", { hold: "Why" }],
    ] as const;
    for (const [kind, answer] of answers)
      expect(SHAPES[name][kind].safeParse(print(kind, answer))).toMatchObject({ success: true });
  });

  it("is nothing where there is nothing to say", () => {
    for (const kind of KINDS) expect(print(kind, {})).toBeUndefined();
  });
});

it("a turn that was held back already is known as such", () => {
  expect(eventOf("claude", "stop", { stop_hook_active: true }).isHeld).toBe(true);
  expect(eventOf("gemini", "stop", { stop_hook_active: true }).isHeld).toBe(true);
  expect(eventOf("cursor", "stop", { loop_count: 1 }).isHeld).toBe(true);
  expect(eventOf("claude", "stop").isHeld).toBe(false);
});

it("every file of a patch is known", () => {
  expect(eventOf("codex", "edit").paths).toEqual(["src/main.ts", "docs/new.md"]);
});

it("what happens inside of a helper is known as such", () => {
  expect(eventOf("claude", "start", { agent_id: "a1" }).isSubagent).toBe(true);
});
