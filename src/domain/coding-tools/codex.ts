import { printClaude, readClaude } from "./claude.ts";
import type { CodingTool } from "./event.ts";

/** Codex: the same words as Claude Code, but that it cannot ask its user from a hook. */
export const codex: CodingTool = {
  variable: "CODEX_THREAD_ID",
  read: readClaude,
  print: (event, answer) => printClaude(event, answer, "deny"),
};
