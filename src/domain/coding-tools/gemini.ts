import { type CodingTool, type HookEvent, readEvent, textIn } from "./event.ts";

const KINDS: Readonly<Record<string, HookEvent["kind"]>> = {
  SessionStart: "start",
  BeforeAgent: "prompt",
  BeforeTool: "edit",
  AfterTool: "beat",
  AfterAgent: "stop",
  SessionEnd: "end",
};

/** Gemini CLI. Before a tool runs it tells its session nothing but why the tool may not run; its user it does. */
export const gemini: CodingTool = {
  variable: "GEMINI_SESSION_ID",
  read(fields) {
    const name = textIn(fields, "hook_event_name") ?? "";
    return readEvent(Object.hasOwn(KINDS, name) ? KINDS[name] : undefined, fields);
  },
  print({ kind }, { context, ask, hold }) {
    if (hold !== undefined || ask !== undefined) return { decision: "deny", reason: hold ?? ask };
    if (context === undefined) return undefined;
    if (kind === "edit") return { systemMessage: context };
    const hookEventName = kind === "start" ? "SessionStart" : "BeforeAgent";
    return { hookSpecificOutput: { hookEventName, additionalContext: context } };
  },
};
