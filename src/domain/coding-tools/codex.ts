import { printClaude, readClaude } from "./claude.ts";
import type { CodingTool } from "./event.ts";
import { command, group, inCommandPrompt, throttledByEvent } from "./hook-entries.ts";
import { TOOL_VARIABLES } from "./table.ts";

/** Codex runs this command in the place of the other one on Windows. */
const onWindows = { commandWindows: inCommandPrompt("codex") };

/** Its own tool that changes files, its shell, and such tools of servers. */
const EDITING = "^(apply_patch|Edit|Write|Bash|mcp__.*(write|edit|move).*)$";

/** Codex. It uses the same event format as Claude Code, but a hook cannot make it ask the user. */
export const codex: CodingTool = {
  variable: TOOL_VARIABLES.codex,
  read: readClaude,
  print: (event, answer) => printClaude(event, answer, "deny"),
  hooks: {
    root: {},
    isPlainJson: true,
    events: {
      SessionStart: group(command("codex"), 10, { matcher: "startup|resume|clear|compact|fork" }, onWindows),
      UserPromptSubmit: group(command("codex"), 5, {}, onWindows),
      PreToolUse: group(command("codex"), 5, { matcher: EDITING }, onWindows),
      PostToolUse: group(throttledByEvent("codex", "session_id"), 30, {}, onWindows),
      Stop: group(command("codex"), 5, {}, onWindows),
      PermissionRequest: group(command("codex"), 5, {}, onWindows),
      // Codex gives the end of a session no more time, and warns of a hook that wants more.
      SessionEnd: group(command("codex"), 3, {}, onWindows),
    },
  },
  files: {
    project: { settings: ".codex/hooks.json", notes: "AGENTS.md", readsUpwards: true },
    global: { folder: ".codex", variable: "CODEX_HOME", settings: "hooks.json", notes: "AGENTS.md" },
  },
};
