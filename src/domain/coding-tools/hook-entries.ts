/** The coding tools whose sessions can take part by themselves. */
export const TOOL_NAMES = ["claude", "codex", "gemini", "cursor", "copilot"] as const;
export type ToolName = (typeof TOOL_NAMES)[number];

/** What a tool's settings hold for one event: a group of hooks, or a hook by itself. */
type HookEntry = Readonly<Record<string, unknown>>;

/** What makes a tool call us. */
export interface ToolHooks {
  /** What else the file of settings has to say, where it says nothing yet. */
  readonly root: Readonly<Record<string, unknown>>;
  readonly events: Readonly<Record<string, HookEntry>>;
}

/** Never in the way of a tool: not where we are not installed, and not where we fail. */
function command(call: string): string {
  return `command -v hive >/dev/null 2>&1 && hive hook ${call} || true`;
}

/**
 * The same for what happens after each use of a tool: where the session has shown that it is alive a moment ago, a
 * shell finds that out, and Node is not even started.
 */
function throttled(tool: ToolName, variable: string): string {
  const state = `\${HIVE_STATE_DIR:-\${XDG_STATE_HOME:-$HOME/.local/state}/git-hive}`;
  const stamp = `"${state}/beats/\${${variable}:-none}"`;
  return `[ -n "$(find ${stamp} -mmin -2 2>/dev/null)" ] || { ${command(tool)}; }`;
}

function group(run: string, timeout: number, over: HookEntry = {}, more: HookEntry = {}): HookEntry {
  return { ...over, hooks: [{ type: "command", command: run, timeout, ...more }] };
}

const CLAUDE: ToolHooks = {
  root: {},
  events: {
    SessionStart: group(command("claude"), 10, { matcher: "startup|resume|clear|compact|fork" }),
    UserPromptSubmit: group(command("claude"), 5),
    PreToolUse: group(command("claude"), 5, { matcher: "Edit|Write|MultiEdit|NotebookEdit" }),
    PostToolUse: group(throttled("claude", "CLAUDE_CODE_SESSION_ID"), 30, {}, { async: true }),
    Stop: group(command("claude"), 5),
    SessionEnd: group(command("claude"), 5),
  },
};

const CODEX: ToolHooks = {
  root: {},
  events: {
    SessionStart: group(command("codex"), 10, { matcher: "startup|resume|clear" }),
    UserPromptSubmit: group(command("codex"), 5),
    PreToolUse: group(command("codex"), 5, { matcher: "apply_patch|Edit|Write" }),
    PostToolUse: group(throttled("codex", "CODEX_THREAD_ID"), 30),
    Stop: group(command("codex"), 5),
  },
};

/** In milliseconds. */
const GEMINI: ToolHooks = {
  root: {},
  events: {
    SessionStart: group(command("gemini"), 10_000),
    BeforeAgent: group(command("gemini"), 5000),
    BeforeTool: group(command("gemini"), 5000, { matcher: "replace|write_file|edit" }),
    AfterTool: group(throttled("gemini", "GEMINI_SESSION_ID"), 30_000),
    AfterAgent: group(command("gemini"), 5000),
    SessionEnd: group(command("gemini"), 5000),
  },
};

const CURSOR: ToolHooks = {
  root: { version: 1 },
  events: {
    sessionStart: { command: command("cursor"), timeout: 10 },
    beforeSubmitPrompt: { command: command("cursor"), timeout: 5 },
    preToolUse: { command: command("cursor"), timeout: 5, matcher: "Write|Edit" },
    postToolUse: { command: command("cursor"), timeout: 30 },
    stop: { command: command("cursor"), timeout: 5, loop_limit: 1 },
    sessionEnd: { command: command("cursor"), timeout: 5 },
  },
};

const COPILOT: ToolHooks = {
  root: { version: 1 },
  events: Object.fromEntries(
    ["sessionStart", "userPromptSubmitted", "preToolUse", "postToolUse", "agentStop", "sessionEnd"].map(
      (event) => [event, { type: "command", bash: command(`copilot ${event}`), timeoutSec: 10 }],
    ),
  ),
};

export const TOOL_HOOKS: Readonly<Record<ToolName, ToolHooks>> = {
  claude: CLAUDE,
  codex: CODEX,
  gemini: GEMINI,
  cursor: CURSOR,
  copilot: COPILOT,
};

const OURS = /(?:^|[\s;&|{(])hive hook [a-z]/;

/** Whether a hook in a tool's settings is ours, whichever version of us wrote it. */
export function isOurHook(hook: unknown): boolean {
  if (typeof hook !== "object" || hook === null) return false;
  const run = Object.entries(hook).find(([key]) => key === "command" || key === "bash")?.[1];
  return typeof run === "string" && OURS.test(run);
}

/** Whether settings, as text, hold a hook of ours; they need not even parse. */
export function hasAnyHook(text: string): boolean {
  return OURS.test(text);
}

/** The file of hooks of the plugin for Claude Code: the same that its settings would hold. */
export function pluginHooks(): string {
  const description = "Sessions take part in their team's hub by themselves.";
  const hooks = Object.fromEntries(Object.entries(CLAUDE.events).map(([event, entry]) => [event, [entry]]));
  return `${JSON.stringify({ description, hooks }, null, 2)}\n`;
}
