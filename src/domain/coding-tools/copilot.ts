import {
  type CodingTool,
  type Fields,
  fieldsOf,
  type HookEvent,
  pathsIn,
  readEvent,
  textIn,
} from "./event.ts";
import { command, inPowerShell, throttledByEvent } from "./hook-entries.ts";
import { TOOL_VARIABLES } from "./table.ts";
import { notifiedQuestion } from "./user-question.ts";

const KINDS: Readonly<Record<string, HookEvent["kind"]>> = {
  sessionStart: "start",
  userPromptSubmitted: "prompt",
  preToolUse: "edit",
  postToolUse: "beat",
  agentStop: "stop",
  sessionEnd: "end",
};

/** GitHub Copilot CLI. Its input does not name the event, so the call does. */
export const copilot: CodingTool = {
  variable: TOOL_VARIABLES.copilot,
  read(fields, name = "") {
    // A subagent has an id of its own in the place of its session's.
    const startedBy = textIn(fields, "parentAgentId");
    const question = name === "notification" ? notifiedQuestion(fields) : undefined;
    const kind = question === undefined ? undefined : "wait";
    return readEvent(Object.hasOwn(KINDS, name) ? KINDS[name] : kind, fields, {
      question,
      session: startedBy ?? textIn(fields, "sessionId", "session_id"),
      isSubagent: startedBy !== undefined,
      prompt: textIn(fields, "prompt", "initialPrompt") ?? "",
      paths: pathsIn(argumentsIn(fields), textIn(fields, "toolName")),
    });
  },
  print(_, { context, deny, ask, hold }) {
    if (hold !== undefined) return { decision: "block", reason: hold };
    if (ask !== undefined) return { permissionDecision: "ask", permissionDecisionReason: ask };
    if (deny !== undefined) return { permissionDecision: "deny", permissionDecisionReason: deny };
    return context === undefined ? undefined : { additionalContext: context };
  },
  hooks: {
    root: { version: 1 },
    isPlainJson: true,
    off: { path: ["disableAllHooks"], value: true },
    events: {
      sessionStart: hook("sessionStart"),
      userPromptSubmitted: hook("userPromptSubmitted"),
      // Without a matcher it would be called before a file is read, too.
      preToolUse: { ...hook("preToolUse"), matcher: "edit|create|bash|powershell" },
      postToolUse: hook("postToolUse", throttledByEvent("copilot postToolUse", "sessionId")),
      // Its hook before a permission is called for each use of a tool, also where nobody is asked.
      notification: hook("notification"),
      agentStop: hook("agentStop"),
      sessionEnd: hook("sessionEnd"),
    },
  },
  files: { project: { settings: ".github/hooks/git-hive.json", notes: "AGENTS.md", readsUpwards: true } },
};

/** Copilot runs the command for PowerShell on Windows. */
function hook(event: string, bash = command(`copilot ${event}`)) {
  return { type: "command", bash, powershell: inPowerShell(`copilot ${event}`), timeoutSec: 10 };
}

/** The tool's arguments. Some versions send them as JSON in a string. */
function argumentsIn({ toolArgs }: Fields): Fields {
  if (typeof toolArgs !== "string") return fieldsOf(toolArgs);
  try {
    return fieldsOf(JSON.parse(toolArgs));
  } catch {
    return {};
  }
}
