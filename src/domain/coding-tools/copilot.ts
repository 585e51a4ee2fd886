import {
  type CodingTool,
  type Fields,
  fieldsOf,
  type HookEvent,
  pathsIn,
  readEvent,
  textIn,
} from "./event.ts";

const KINDS: Readonly<Record<string, HookEvent["kind"]>> = {
  sessionStart: "start",
  userPromptSubmitted: "prompt",
  preToolUse: "edit",
  postToolUse: "beat",
  agentStop: "stop",
  sessionEnd: "end",
};

/** GitHub Copilot's command line. What it sends does not say which event it is, so the call does. */
export const copilot: CodingTool = {
  variable: "COPILOT_SESSION_ID",
  read(fields, name = "") {
    return readEvent(Object.hasOwn(KINDS, name) ? KINDS[name] : undefined, fields, {
      session: textIn(fields, "sessionId", "session_id"),
      prompt: textIn(fields, "prompt", "initialPrompt") ?? "",
      paths: pathsIn(argumentsIn(fields)),
    });
  },
  print(_, { context, ask, hold }) {
    if (hold !== undefined) return { decision: "block", reason: hold };
    if (ask !== undefined) return { permissionDecision: "ask", permissionDecisionReason: ask };
    return context === undefined ? undefined : { additionalContext: context };
  },
};

/** Some versions send a tool's arguments as JSON inside of a text. */
function argumentsIn({ toolArgs }: Fields): Fields {
  if (typeof toolArgs !== "string") return fieldsOf(toolArgs);
  try {
    return fieldsOf(JSON.parse(toolArgs));
  } catch {
    return {};
  }
}
