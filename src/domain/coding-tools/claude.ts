import {
  type CodingTool,
  type Fields,
  type HookAnswer,
  type HookEvent,
  readEvent,
  textIn,
  type UserQuestion,
} from "./event.ts";
import { command, group, throttled } from "./hook-entries.ts";
import { TOOL_VARIABLES } from "./table.ts";
import { notifiedQuestion, permissionFor } from "./user-question.ts";

const KINDS: Readonly<Record<string, HookEvent["kind"]>> = {
  SessionStart: "start",
  UserPromptSubmit: "prompt",
  PreToolUse: "edit",
  PostToolUse: "beat",
  Stop: "stop",
  SessionEnd: "end",
};

const NAMES: Readonly<Partial<Record<HookEvent["kind"], string>>> = {
  start: "SessionStart",
  prompt: "UserPromptSubmit",
  edit: "PreToolUse",
  stop: "Stop",
};

/** Its own tools that change files, its shell, and such tools of servers. */
const EDITING = "^(Edit|Write|MultiEdit|NotebookEdit|Bash|mcp__.*(write|edit|move).*)$";

export const claude: CodingTool = {
  variable: TOOL_VARIABLES.claude,
  read: readClaude,
  // Claude shows the user an error for a hold that blocks. It also goes on for a text, and takes it for a reminder.
  print: (event, { hold, ...answer }) =>
    printClaude(event, hold === undefined ? answer : { context: hold }, "ask"),
  hooks: {
    root: {},
    isPlainJson: true,
    off: { path: ["disableAllHooks"], value: true },
    events: {
      SessionStart: group(command("claude"), 10, { matcher: "startup|resume|clear|compact|fork" }),
      UserPromptSubmit: group(command("claude"), 5),
      PreToolUse: group(command("claude"), 5, { matcher: EDITING }),
      PostToolUse: group(throttled("claude"), 30, {}, { async: true }),
      Stop: group(command("claude"), 5),
      // PermissionRequest says more, but a version that does not know an event refuses the whole file. The tool waits for
      // nothing that this says, so that no dialog comes later.
      Notification: group(
        command("claude"),
        30,
        { matcher: "permission_prompt|idle_prompt|elicitation_dialog" },
        { async: true },
      ),
      SessionEnd: group(command("claude"), 5),
    },
  },
  files: {
    project: {
      settings: ".claude/settings.json",
      local: ".claude/settings.local.json",
      notes: "CLAUDE.md",
      readsUpwards: false,
    },
    global: {
      folder: ".claude",
      variable: "CLAUDE_CONFIG_DIR",
      settings: "settings.json",
      notes: "CLAUDE.md",
    },
  },
};

export function readClaude(fields: Fields): HookEvent | undefined {
  const name = textIn(fields, "hook_event_name") ?? "";
  const question = questionIn(name, fields);
  if (question !== undefined) return readEvent("wait", fields, { question });
  return readEvent(Object.hasOwn(KINDS, name) ? KINDS[name] : undefined, fields);
}

/** `decision` is the tool's permission decision for an edit about which the user should be asked. */
export function printClaude(
  { kind }: HookEvent,
  { context, deny, ask, hold }: HookAnswer,
  decision: "ask" | "deny",
): object | undefined {
  if (hold !== undefined) return { decision: "block", reason: hold };
  const hookEventName = NAMES[kind];
  if (hookEventName === undefined) return undefined;
  const reason = ask ?? deny;
  if (reason !== undefined) {
    const permissionDecision = ask === undefined ? "deny" : decision;
    return { hookSpecificOutput: { hookEventName, permissionDecision, permissionDecisionReason: reason } };
  }
  return context === undefined
    ? undefined
    : { hookSpecificOutput: { hookEventName, additionalContext: context } };
}

/** What a session waits for, where an event says that it does. */
function questionIn(name: string, fields: Fields): UserQuestion | undefined {
  if (name === "PermissionRequest")
    return permissionFor(textIn(fields, "tool_name") ?? "", fields.tool_input);
  return name === "Notification" ? notifiedQuestion(fields) : undefined;
}
