import { TOOL_VARIABLES, type ToolName } from "./table.ts";

/** The entry of one event in a tool's settings: a group of hooks or a single hook. */
type HookEntry = Readonly<Record<string, unknown>>;

/** The settings that make a tool call git-hive. */
export interface ToolHooks {
  /** Other keys that the settings file needs. Keys that it already has are kept. */
  readonly root: Readonly<Record<string, unknown>>;
  readonly events: Readonly<Record<string, HookEntry>>;
  /** The tool ignores the whole file where it has comments. Claude Code does not even say so. */
  readonly isPlainJson?: true;
  /** The setting that turns off all hooks of the tool. */
  readonly off?: { readonly path: readonly string[]; readonly value: boolean };
}

/**
 * The shell command of a hook. It never makes the tool fail: not if git-hive is not installed, and not if git-hive
 * fails.
 */
export function command(call: string): string {
  return guarded(`git-hive hook ${call}`);
}

/** `git-hive`, because other programs are called `hive`, such as Apache Hive's shell. */
function guarded(run: string): string {
  return `command -v git-hive >/dev/null 2>&1 && ${run} || true`;
}

/** The same for PowerShell, and for the command interpreter of Windows. Neither can throttle it. */
export function inPowerShell(call: string): string {
  return `if (Get-Command git-hive -ErrorAction SilentlyContinue) { git-hive hook ${call} }; exit 0`;
}

export function inCommandPrompt(call: string): string {
  return `where git-hive >nul 2>nul && call git-hive hook ${call} & exit /b 0`;
}

/**
 * The command for the event after each tool use. If the session has sent a heartbeat within the last two minutes, the
 * shell sees it from a file's age and does not start Node.
 */
export function throttled(tool: ToolName): string {
  return unlessRecent(`${STATE}/beats/\${${TOOL_VARIABLES[tool]}:-none}`, command(tool));
}

/**
 * The same for a tool whose hooks do not have the session's id in their environment: the shell reads it from the event,
 * where `field` is its first field with that name.
 */
export function throttledByEvent(call: string, field: string): string {
  const id = `$(printf %s "$e" | grep -o '"${field}" *: *"[^"]*"' | head -n 1 | cut -d '"' -f 4)`;
  const run = guarded(`printf %s "$e" | git-hive hook ${call}`);
  return `e=$(cat); i=${id}; ${unlessRecent(`${STATE}/beats/\${i:-none}`, run)}`;
}

/**
 * The same for a tool that replaces variables in its settings itself, when it starts and no session has an id yet. It
 * leaves `$(…)` to the shell.
 */
export function throttledWithoutVariables(tool: ToolName): string {
  const or = (name: string, other: string) => `$(printenv ${name} | grep . || echo ${other})`;
  const state = or("HIVE_STATE_DIR", `"${or("XDG_STATE_HOME", '"$(printenv HOME)/.local/state"')}/git-hive"`);
  return unlessRecent(`${state}/beats/${or(TOOL_VARIABLES[tool], "none")}`, command(tool));
}

const STATE = `\${HIVE_STATE_DIR:-\${XDG_STATE_HOME:-$HOME/.local/state}/git-hive}`;

function unlessRecent(stamp: string, run: string): string {
  return `[ -n "$(find "${stamp}" -mmin -2 2>/dev/null)" ] || { ${run}; }`;
}

export function group(run: string, timeout: number, over: HookEntry = {}, more: HookEntry = {}): HookEntry {
  return { ...over, hooks: [{ type: "command", command: run, timeout, ...more }] };
}

/** An earlier version called `hive`. */
const HIVE_CALL = /(?:^|[\s;&|{(])(?:git-)?hive hook [a-z]/;

/** Whether a hook in a tool's settings was written by git-hive, by any version. */
export function isOurHook(hook: unknown): boolean {
  if (typeof hook !== "object" || hook === null) return false;
  const run = Object.entries(hook).find(([key]) => key === "command" || key === "bash")?.[1];
  return typeof run === "string" && HIVE_CALL.test(run);
}

/** Whether the settings text contains a hook of git-hive. The text need not parse. */
export function hasAnyHook(text: string): boolean {
  return HIVE_CALL.test(text);
}
