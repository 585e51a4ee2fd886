import { type CodingTool, type HookEvent, readEvent, textIn } from "./event.ts";
import { command, group, throttledWithoutVariables } from "./hook-entries.ts";
import { TOOL_VARIABLES } from "./table.ts";
import { notifiedQuestion } from "./user-question.ts";

const KINDS: Readonly<Record<string, HookEvent["kind"]>> = {
  SessionStart: "start",
  BeforeAgent: "prompt",
  BeforeTool: "edit",
  AfterTool: "beat",
  AfterAgent: "stop",
  SessionEnd: "end",
};

/**
 * Gemini CLI. Before a tool runs, a hook can tell the session only why the tool may not run; other text reaches only
 * the user.
 */
export const gemini: CodingTool = {
  variable: TOOL_VARIABLES.gemini,
  read(fields) {
    const name = textIn(fields, "hook_event_name") ?? "";
    const question = name === "Notification" ? notifiedQuestion(fields) : undefined;
    if (question !== undefined) return readEvent("wait", fields, { question });
    return readEvent(Object.hasOwn(KINDS, name) ? KINDS[name] : undefined, fields);
  },
  print({ kind }, { context, deny, ask, hold }) {
    const reason = hold ?? ask ?? deny;
    if (reason !== undefined) return { decision: "deny", reason };
    if (context === undefined) return undefined;
    if (kind === "edit") return { systemMessage: context };
    const hookEventName = kind === "start" ? "SessionStart" : "BeforeAgent";
    return { hookSpecificOutput: { hookEventName, additionalContext: context } };
  },
  // Gemini's timeouts are in milliseconds.
  hooks: {
    root: {},
    off: { path: ["hooksConfig", "enabled"], value: false },
    events: {
      SessionStart: group(command("gemini"), 10_000),
      BeforeAgent: group(command("gemini"), 5000),
      BeforeTool: group(command("gemini"), 5000, { matcher: "replace|write_file|edit|run_shell_command" }),
      AfterTool: group(throttledWithoutVariables("gemini"), 30_000),
      AfterAgent: group(command("gemini"), 5000),
      Notification: group(command("gemini"), 5000),
      SessionEnd: group(command("gemini"), 5000),
    },
  },
  files: {
    project: {
      settings: ".gemini/settings.json",
      notes: "GEMINI.md",
      formerNotes: "AGENTS.md",
      readsUpwards: false,
    },
    global: { folder: ".gemini", settings: "settings.json", notes: "GEMINI.md" },
  },
};
