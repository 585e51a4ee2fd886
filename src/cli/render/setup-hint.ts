/** What a person can do so that nobody has to register by hand any more. */
export const SETUP_HINT =
  "Or let sessions register themselves: hive setup claude (or codex, gemini, cursor, copilot)";
