import {
  type CodingTool,
  type Fields,
  fieldsOf,
  type HookEvent,
  pathsIn,
  readEvent,
  textIn,
} from "./event.ts";
import { command } from "./hook-entries.ts";
import { TOOL_VARIABLES } from "./table.ts";

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
  hooks: {
    root: { version: 1 },
    events: Object.fromEntries(
      ["sessionStart", "userPromptSubmitted", "preToolUse", "postToolUse", "agentStop", "sessionEnd"].map(
        (event) => [event, { type: "command", bash: command(`copilot ${event}`), timeoutSec: 10 }],
      ),
    ),
  },
  files: { project: { settings: ".github/hooks/git-hive.json", notes: "AGENTS.md", readsUpwards: true } },
};

/** The tool's arguments. Some versions send them as JSON in a string. */
function argumentsIn({ toolArgs }: Fields): Fields {
  if (typeof toolArgs !== "string") return fieldsOf(toolArgs);
  try {
    return fieldsOf(JSON.parse(toolArgs));
  } catch {
    return {};
  }
}
