import { claude } from "./claude.ts";
import { codex } from "./codex.ts";
import { copilot } from "./copilot.ts";
import { cursor } from "./cursor.ts";
import type { CodingTool } from "./event.ts";
import { gemini } from "./gemini.ts";
import { opencode } from "./opencode.ts";
import type { ToolName } from "./table.ts";

/** All coding tools by name. */
export const TOOLS: Readonly<Record<ToolName, CodingTool>> = {
  claude,
  codex,
  gemini,
  cursor,
  copilot,
  opencode,
};

/** The hooks file of the Claude Code plugin. It has the same hooks as the settings would. */
export function pluginHooks(): string {
  const description = "Sessions take part in their team's hub by themselves.";
  const hooks = Object.fromEntries(
    Object.entries(claude.hooks.events).map(([event, entry]) => [event, [entry]]),
  );
  return `${JSON.stringify({ description, hooks }, null, 2)}\n`;
}
