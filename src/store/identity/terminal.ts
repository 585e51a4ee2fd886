import { TOOL_VARIABLES } from "../../domain/coding-tools/table.ts";
import type { Environment } from "../host/environment.ts";
import { statFields } from "../host/process-id.ts";

/** Variables that a terminal sets for each of its sessions, the most specific first. */
const TERMINAL_VARIABLES = ["TMUX_PANE", "TERM_SESSION_ID", "WT_SESSION"];

/** The session of a coding tool, from the tool's variable; undefined when no tool sets one. */
export function toolSession(environment: Environment): string | undefined {
  const name = Object.values(TOOL_VARIABLES).find((candidate) => environment[candidate]);
  return name === undefined ? undefined : `${name}=${environment[name]}`;
}

/**
 * Identifies this terminal session among all on the host; undefined when nothing does. The session of a coding tool
 * comes first. Without a variable it is the POSIX session: its leader's process id and start time, which no later
 * process repeats.
 */
export function terminalSession(environment: Environment): string | undefined {
  const tool = toolSession(environment);
  if (tool !== undefined) return tool;
  const name = TERMINAL_VARIABLES.find((candidate) => environment[candidate]);
  // A pane's number repeats in every tmux server; the server's socket and process do not.
  if (name !== undefined) return `${name}=${environment[name]} ${environment.TMUX ?? ""}`.trim();
  const leader = statFields("self")?.[3];
  if (leader === undefined || leader === "0") return undefined;
  return `posix=${leader}@${statFields(leader)?.[19] ?? ""}`;
}
