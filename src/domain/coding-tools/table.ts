/**
 * The coding tools whose sessions can take part automatically. Each has the environment variable that the tool sets
 * for its child processes: the id of its session, unique on all hosts. Keep this file small, because every command
 * loads it. Each tool has its own file, and tools.ts lists them.
 */
export const TOOL_VARIABLES = {
  claude: "CLAUDE_CODE_SESSION_ID",
  codex: "CODEX_THREAD_ID",
  gemini: "GEMINI_SESSION_ID",
  cursor: "CURSOR_SESSION_ID",
  copilot: "COPILOT_AGENT_SESSION_ID",
  opencode: "OPENCODE_SESSION_ID",
} as const;
export type ToolName = keyof typeof TOOL_VARIABLES;

export const TOOL_NAMES = Object.keys(TOOL_VARIABLES) as ToolName[];

/** With this variable, a hook only says that it is git-hive: `hive setup --check` tries whether its call reaches us. */
export const PROBE = "HIVE_HOOK_PROBE";
export const PROBE_ANSWER = "git-hive";

/** What a hook leaves to a process of its own, which has no time limit. */
const OWN_PROCESSES = ["exchange", "leave", "ask"] as const;
export type OwnProcess = (typeof OWN_PROCESSES)[number];

export function isOwnProcess(word: string): word is OwnProcess {
  return (OWN_PROCESSES as readonly string[]).includes(word);
}
