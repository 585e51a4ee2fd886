import type { Environment } from "./hardening.ts";
import { statFields } from "./living.ts";

/** Set by a coding tool or a terminal to tell its sessions apart; the most telling first. */
const NAMES = [
  "CLAUDE_CODE_SESSION_ID",
  "CODEX_THREAD_ID",
  "GEMINI_SESSION_ID",
  "CURSOR_SESSION_ID",
  "TMUX_PANE",
  "TERM_SESSION_ID",
  "WT_SESSION",
];

/**
 * What tells this terminal session from any other on the host, or undefined where nothing does. Without a
 * variable it is the POSIX session: its leader's process id and start time, which no later process repeats.
 */
export function terminalSession(environment: Environment): string | undefined {
  const name = NAMES.find((candidate) => environment[candidate]);
  // A pane's number repeats in every tmux server; the server's socket and process do not.
  if (name !== undefined) return `${name}=${environment[name]} ${environment.TMUX ?? ""}`.trim();
  const leader = statFields("self")?.[3];
  if (leader === undefined || leader === "0") return undefined;
  return `posix=${leader}@${statFields(leader)?.[19] ?? ""}`;
}
