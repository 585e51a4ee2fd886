/** Rows that tools name because they cannot do them. */
export const FORK = "takes a fork for a session of its own";
export const COMPACTED = "keeps the name of a session whose conversation was compacted";
export const SUBAGENT_SHELL = "knows in the shell of a subagent who acts";
export const MCP = "lists and calls the tools of `hive mcp`";
export const CLEARED = "keeps the name of a session whose conversation was cleared, also in `hive mcp`";
