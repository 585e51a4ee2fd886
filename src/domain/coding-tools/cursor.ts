import { type CodingTool, type HookEvent, readEvent, textIn } from "./event.ts";
import { command } from "./hook-entries.ts";
import { TOOL_VARIABLES } from "./table.ts";

const KINDS: Readonly<Record<string, HookEvent["kind"]>> = {
  sessionStart: "start",
  beforeSubmitPrompt: "prompt",
  preToolUse: "edit",
  postToolUse: "beat",
  stop: "stop",
  sessionEnd: "end",
};

/** Cursor. A conversation is a session; it works in the first folder of the window. */
export const cursor: CodingTool = {
  variable: TOOL_VARIABLES.cursor,
  read(fields) {
    const name = textIn(fields, "hook_event_name") ?? "";
    const [root] = Array.isArray(fields.workspace_roots) ? fields.workspace_roots : [];
    return readEvent(Object.hasOwn(KINDS, name) ? KINDS[name] : undefined, fields, {
      session: textIn(fields, "conversation_id", "session_id"),
      directory: textIn(fields, "cwd") ?? (typeof root === "string" ? root : undefined),
      isHeld: typeof fields.loop_count === "number" && fields.loop_count > 0,
    });
  },
  print({ kind }, { context, deny, ask, hold }) {
    if (hold !== undefined) return { followup_message: hold };
    if (ask !== undefined) return { permission: "ask", user_message: ask, agent_message: ask };
    if (deny !== undefined) return { permission: "deny", user_message: deny, agent_message: deny };
    if (context === undefined) return undefined;
    if (kind === "edit") return { user_message: context, agent_message: context };
    return { additional_context: context };
  },
  hooks: {
    root: { version: 1 },
    events: {
      sessionStart: { command: command("cursor"), timeout: 10 },
      beforeSubmitPrompt: { command: command("cursor"), timeout: 5 },
      preToolUse: { command: command("cursor"), timeout: 5, matcher: "Write|Edit|Shell" },
      postToolUse: { command: command("cursor"), timeout: 30 },
      stop: { command: command("cursor"), timeout: 5, loop_limit: 1 },
      sessionEnd: { command: command("cursor"), timeout: 5 },
    },
  },
  files: {
    project: { settings: ".cursor/hooks.json", notes: "AGENTS.md", readsUpwards: false },
    global: { folder: ".cursor", settings: "hooks.json" },
  },
};
