import { TOOL_VARIABLES, type ToolName } from "./table.ts";

/** What a tool's settings hold for one event: a group of hooks, or a hook by itself. */
type HookEntry = Readonly<Record<string, unknown>>;

/** What makes a tool call us. */
export interface ToolHooks {
  /** What else the file of settings has to say, where it says nothing yet. */
  readonly root: Readonly<Record<string, unknown>>;
  readonly events: Readonly<Record<string, HookEntry>>;
}

/** Never in the way of a tool: not where we are not installed, and not where we fail. */
export function command(call: string): string {
  return `command -v hive >/dev/null 2>&1 && hive hook ${call} || true`;
}

/**
 * The same for what happens after each use of a tool: where the session has shown that it is alive a moment ago, a
 * shell finds that out, and Node is not even started.
 */
export function throttled(tool: ToolName): string {
  const state = `\${HIVE_STATE_DIR:-\${XDG_STATE_HOME:-$HOME/.local/state}/git-hive}`;
  const stamp = `"${state}/beats/\${${TOOL_VARIABLES[tool]}:-none}"`;
  return `[ -n "$(find ${stamp} -mmin -2 2>/dev/null)" ] || { ${command(tool)}; }`;
}

export function group(run: string, timeout: number, over: HookEntry = {}, more: HookEntry = {}): HookEntry {
  return { ...over, hooks: [{ type: "command", command: run, timeout, ...more }] };
}

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
