/** The hint after a manual registration. */
export const SETUP_HINT =
  "Or let sessions register themselves: hive setup claude (or codex, gemini, cursor, copilot, opencode)";
