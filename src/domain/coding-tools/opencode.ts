import {
  type CodingTool,
  type Fields,
  type HookEvent,
  readEvent,
  textIn,
  type UserQuestion,
} from "./event.ts";
import { PLUGIN } from "./opencode-plugin.ts";
import { TOOL_VARIABLES } from "./table.ts";
import { listedQuestion, permissionFor } from "./user-question.ts";

const KINDS: Readonly<Record<string, HookEvent["kind"]>> = {
  start: "start",
  prompt: "prompt",
  edit: "edit",
  beat: "beat",
  stop: "stop",
  end: "end",
  wait: "wait",
};

/** opencode. It has plugins in the place of hooks: ours tells git-hive of each event, in words of our own. */
export const opencode: CodingTool = {
  variable: TOOL_VARIABLES.opencode,
  read: (fields, name = "") =>
    readEvent(
      Object.hasOwn(KINDS, name) ? KINDS[name] : undefined,
      fields,
      name === "wait" ? { question: questionIn(fields) } : {},
    ),
  // A plugin cannot make opencode ask the user before an edit.
  print(_, { context, deny, ask, hold }) {
    if (hold !== undefined) return { hold };
    const reason = ask ?? deny;
    if (reason !== undefined) return { deny: reason };
    return context === undefined ? undefined : { context };
  },
  hooks: { root: {}, events: {} },
  plugin: PLUGIN,
  server: {
    root: { $schema: "https://opencode.ai/config.json" },
    path: ["mcp", "hive"],
    value: { type: "local", command: ["git-hive", "mcp"], enabled: true },
    names: ["opencode.jsonc", "opencode.json"],
  },
  files: {
    project: {
      settings: ".opencode/plugin/git-hive.js",
      notes: "AGENTS.md",
      // It reads this one only where a project has no AGENTS.md, which therefore must not be created beside it.
      otherNotes: "CLAUDE.md",
      readsUpwards: true,
    },
    global: {
      folder: ".config/opencode",
      settings: "plugin/git-hive.js",
      notes: "AGENTS.md",
    },
  },
};

/** What our plugin tells of a permission, or of questions that the session asks its user. */
function questionIn(fields: Fields): UserQuestion {
  const asked = listedQuestion(fields.questions);
  if (asked !== undefined) return { ...asked, tool: "" };
  const what = Array.isArray(fields.patterns) ? { command: fields.patterns } : {};
  return { ...permissionFor(textIn(fields, "permission") ?? "", what), tool: "" };
}
