import type { HookEvent } from "../../src/domain/coding-tools/event.ts";
import type { ToolName } from "../../src/domain/coding-tools/table.ts";

/** An event of a tool, and the argument that names the event where the tool's data does not. */
interface Sent {
  readonly fields: object;
  readonly word?: string;
}

interface Scene {
  readonly session: string;
  readonly cwd: string;
  readonly prompt?: string;
}

type Make = (scene: Scene) => Sent;

/** The kinds that every tool has. */
type CommonKind = Exclude<HookEvent["kind"], "wait">;

/** The events of Claude Code and Codex, which differ only in a few fields. */
function claudeLike(extra: object, tool: object): Record<CommonKind, Make> {
  const common = ({ session, cwd }: Scene, name: string) => ({
    session_id: session,
    transcript_path: `${cwd}/transcript.jsonl`,
    cwd,
    permission_mode: "default",
    hook_event_name: name,
    ...extra,
  });
  const used = { ...tool, tool_use_id: "toolu_01" };
  return {
    start: (scene) => ({ fields: { ...common(scene, "SessionStart"), source: "startup", model: "m-1" } }),
    prompt: (scene) => ({
      fields: {
        ...common(scene, "UserPromptSubmit"),
        prompt: scene.prompt ?? "Go on, please",
        turn_id: "t1",
      },
    }),
    edit: (scene) => ({ fields: { ...common(scene, "PreToolUse"), ...used } }),
    beat: (scene) => ({
      fields: { ...common(scene, "PostToolUse"), ...used, tool_response: { success: true } },
    }),
    stop: (scene) => ({
      fields: { ...common(scene, "Stop"), stop_hook_active: false, last_assistant_message: "Done." },
    }),
    end: (scene) => ({ fields: { ...common(scene, "SessionEnd"), reason: "prompt_input_exit" } }),
  };
}

const PATCH =
  "*** Begin Patch\n*** Update File: src/main.ts\n@@\n-a\n+b\n*** Add File: docs/new.md\n+c\n*** End Patch";

function geminiEvent({ session, cwd }: Scene, name: string, over: object = {}): Sent {
  const timestamp = "2026-01-31T12:00:00.000Z";
  return {
    fields: { session_id: session, transcript_path: "", cwd, hook_event_name: name, timestamp, ...over },
  };
}

function cursorEvent({ session, cwd }: Scene, name: string, over: object = {}): Sent {
  return {
    fields: {
      conversation_id: session,
      generation_id: "g1",
      model: "m-1",
      hook_event_name: name,
      cursor_version: "2.4.0",
      workspace_roots: [cwd],
      user_email: null,
      transcript_path: null,
      ...over,
    },
  };
}

function copilotEvent({ session, cwd }: Scene, word: string, over: object = {}): Sent {
  return { word, fields: { sessionId: session, timestamp: 1_769_860_800_000, cwd, ...over } };
}

function opencodeEvent({ session, cwd }: Scene, word: string, over: object = {}): Sent {
  return { word, fields: { session_id: session, cwd, ...over } };
}

/** The events of each tool by kind. An edit names the file `src/main.ts` in the project. */
export const EVENTS: Record<ToolName, Record<CommonKind, Make>> = {
  claude: claudeLike(
    {},
    { tool_name: "Edit", tool_input: { file_path: "src/main.ts", old_string: "a", new_string: "b" } },
  ),
  codex: claudeLike({ model: "m-1" }, { tool_name: "apply_patch", tool_input: { command: PATCH } }),
  gemini: {
    start: (scene) => geminiEvent(scene, "SessionStart", { source: "startup" }),
    prompt: (scene) => geminiEvent(scene, "BeforeAgent", { prompt: scene.prompt ?? "Go on, please" }),
    edit: (scene) =>
      geminiEvent(scene, "BeforeTool", {
        tool_name: "replace",
        tool_input: { file_path: "src/main.ts", old_string: "a", new_string: "b" },
      }),
    beat: (scene) =>
      geminiEvent(scene, "AfterTool", {
        tool_name: "replace",
        tool_input: {},
        tool_response: { llmContent: "ok" },
      }),
    stop: (scene) =>
      geminiEvent(scene, "AfterAgent", { prompt: "", prompt_response: "", stop_hook_active: false }),
    end: (scene) => geminiEvent(scene, "SessionEnd", { reason: "exit" }),
  },
  cursor: {
    start: (scene) =>
      cursorEvent(scene, "sessionStart", { session_id: scene.session, composer_mode: "agent" }),
    prompt: (scene) =>
      cursorEvent(scene, "beforeSubmitPrompt", { prompt: scene.prompt ?? "Go on, please", attachments: [] }),
    edit: (scene) =>
      cursorEvent(scene, "preToolUse", {
        tool_name: "Write",
        tool_input: { file_path: "src/main.ts" },
        cwd: scene.cwd,
      }),
    beat: (scene) =>
      cursorEvent(scene, "postToolUse", { tool_name: "Write", tool_input: {}, tool_output: "{}" }),
    stop: (scene) => cursorEvent(scene, "stop", { status: "completed", loop_count: 0 }),
    end: (scene) =>
      cursorEvent(scene, "sessionEnd", { session_id: scene.session, reason: "completed", duration_ms: 1 }),
  },
  copilot: {
    start: (scene) => copilotEvent(scene, "sessionStart", { source: "new", initialPrompt: "" }),
    prompt: (scene) =>
      copilotEvent(scene, "userPromptSubmitted", { prompt: scene.prompt ?? "Go on, please" }),
    edit: (scene) =>
      copilotEvent(scene, "preToolUse", { toolName: "edit", toolArgs: '{"path":"src/main.ts"}' }),
    beat: (scene) => copilotEvent(scene, "postToolUse", { toolName: "edit", toolArgs: {}, toolResult: {} }),
    stop: (scene) => copilotEvent(scene, "agentStop", { stopReason: "end_turn" }),
    end: (scene) => copilotEvent(scene, "sessionEnd", { reason: "complete" }),
  },
  opencode: {
    start: (scene) => opencodeEvent(scene, "start", { source: "startup" }),
    prompt: (scene) => opencodeEvent(scene, "prompt", { prompt: scene.prompt ?? "Go on, please" }),
    edit: (scene) =>
      opencodeEvent(scene, "edit", { tool_name: "edit", tool_input: { filePath: "src/main.ts" } }),
    beat: (scene) => opencodeEvent(scene, "beat"),
    stop: (scene) => opencodeEvent(scene, "stop"),
    end: (scene) => opencodeEvent(scene, "end", { reason: "exit" }),
  },
};

/** How each tool tells that it asks its user for a permission. Cursor does not. */
export const WAITS: Partial<Record<ToolName, (scene: Scene, command: string) => Sent>> = {
  claude: ({ session, cwd }, command) => ({
    fields: {
      ...{ session_id: session, transcript_path: "", cwd, permission_mode: "default" },
      ...{ hook_event_name: "PermissionRequest", tool_name: "Bash", tool_input: { command } },
      permission_suggestions: [{ type: "addRules", behavior: "allow", destination: "session" }],
    },
  }),
  codex: ({ session, cwd }, command) => ({
    fields: {
      ...{ session_id: session, transcript_path: null, cwd, permission_mode: "default", model: "m-1" },
      ...{ hook_event_name: "PermissionRequest", turn_id: "t1", tool_name: "Bash", tool_input: { command } },
    },
  }),
  gemini: (scene, command) =>
    geminiEvent(scene, "Notification", {
      notification_type: "ToolPermission",
      message: "Tool Confirm Shell Command requires execution",
      details: { type: "exec", title: "Confirm Shell Command", command, rootCommand: command.split(" ")[0] },
    }),
  copilot: (scene, command) =>
    copilotEvent(scene, "notification", {
      ...{ hook_event_name: "Notification", notification_type: "permission_prompt" },
      ...{ title: "Permission needed", message: `Run ${command}` },
    }),
  opencode: (scene, command) => opencodeEvent(scene, "wait", { permission: "bash", patterns: [command] }),
};
