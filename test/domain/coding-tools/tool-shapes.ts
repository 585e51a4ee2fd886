import * as z from "zod/mini";

/** The output that each vendor accepts from a hook, from its own types and documentation. Unknown keys are refused. */
const context = (name: string) =>
  z.strictObject({
    hookSpecificOutput: z.strictObject({ hookEventName: z.literal(name), additionalContext: z.string() }),
  });
const block = z.strictObject({ decision: z.literal("block"), reason: z.string().check(z.regex(/\S/)) });

function claudeShapes(decision: "ask" | "deny") {
  const judged = z.strictObject({
    hookSpecificOutput: z.strictObject({
      hookEventName: z.literal("PreToolUse"),
      permissionDecision: z.enum(["deny", decision]),
      permissionDecisionReason: z.string(),
    }),
  });
  return {
    start: context("SessionStart"),
    prompt: context("UserPromptSubmit"),
    edit: z.union([context("PreToolUse"), judged]),
    stop: decision === "ask" ? context("Stop") : block,
  };
}

const cursorContext = z.strictObject({ additional_context: z.string() });
const copilotContext = z.strictObject({ additionalContext: z.string() });

export const SHAPES = {
  claude: claudeShapes("ask"),
  codex: claudeShapes("deny"),
  gemini: {
    start: context("SessionStart"),
    prompt: context("BeforeAgent"),
    edit: z.union([
      z.strictObject({ systemMessage: z.string() }),
      z.strictObject({ decision: z.literal("deny"), reason: z.string() }),
    ]),
    stop: z.strictObject({ decision: z.literal("deny"), reason: z.string() }),
  },
  cursor: {
    start: cursorContext,
    prompt: cursorContext,
    edit: z.strictObject({
      permission: z.optional(z.enum(["ask", "deny"])),
      user_message: z.string(),
      agent_message: z.string(),
    }),
    stop: z.strictObject({ followup_message: z.string() }),
  },
  copilot: {
    start: copilotContext,
    prompt: copilotContext,
    edit: z.union([
      copilotContext,
      z.strictObject({
        permissionDecision: z.enum(["ask", "deny"]),
        permissionDecisionReason: z.string(),
      }),
    ]),
    stop: block,
  },
  opencode: {
    start: z.strictObject({ context: z.string() }),
    prompt: z.strictObject({ context: z.string() }),
    edit: z.union([z.strictObject({ context: z.string() }), z.strictObject({ deny: z.string() })]),
    stop: z.strictObject({ hold: z.string() }),
  },
};
export type Told = "start" | "prompt" | "edit" | "stop";
