/**
 * The coding tools whose sessions can take part by themselves. Each has the environment variable that it sets for what
 * it starts: the id of its session, which no other session on any host has. This file has no more, for every command
 * loads it; what each tool is like is in a file of its name, and tools.ts lists them.
 */
export const TOOL_VARIABLES = {
  claude: "CLAUDE_CODE_SESSION_ID",
  codex: "CODEX_THREAD_ID",
  gemini: "GEMINI_SESSION_ID",
  cursor: "CURSOR_SESSION_ID",
  copilot: "COPILOT_SESSION_ID",
} as const;
export type ToolName = keyof typeof TOOL_VARIABLES;

export const TOOL_NAMES = Object.keys(TOOL_VARIABLES) as ToolName[];
