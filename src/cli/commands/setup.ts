import {
  checkTool,
  removeFromTool,
  type SettingsChange,
  type SetupScope,
  setUpTool,
} from "../../app/coding-tools/setup.ts";
import { NOTES } from "../../domain/coding-tools/notes.ts";
import { TOOL_NAMES, type ToolName } from "../../domain/coding-tools/table.ts";
import { TOOLS } from "../../domain/coding-tools/tools.ts";
import { wrongCall } from "../../errors.ts";
import type { Command, CommandAnswer } from "../command.ts";
import { EXIT } from "../exit-codes.ts";

export const setup: Command = {
  usage: "<tool>",
  options: [
    ["--check", "say whether it is set up, and change nothing"],
    ["--remove", "take out what was added"],
    ["--print", "show what would be added, to merge it by hand"],
    ["--global", "for all projects of yours, not this one alone"],
  ],
  examples: [
    "hive setup claude",
    "hive setup codex --global",
    "hive setup claude --check",
    "hive setup claude --remove",
  ],
  prints:
    "tool, scope, files[] {path, change}; or of --check: tool, scope, files[] {path, state}, next; or of --print: tool, settings, notes",
  async run({ world }, [name = ""], options) {
    const tool = TOOL_NAMES.find((each) => each === name);
    if (tool === undefined)
      throw wrongCall(
        `${JSON.stringify(name)} is no tool that can be set up.`,
        `One of: ${TOOL_NAMES.join(", ")}`,
      );
    const acts = ["check", "remove", "print"].filter((act) => options[act] === true);
    if (acts.length > 1)
      throw wrongCall(`--${acts[0]} and --${acts[1]} exclude each other.`, "Give one of them.");
    const scope: SetupScope = options.global === true ? "global" : "project";
    if (options.check === true) return check(tool, scope, checkTool(world, tool, scope));
    if (options.print === true) return print(tool);
    const isRemoval = options.remove === true;
    const files = isRemoval ? removeFromTool(world, tool, scope) : setUpTool(world, tool, scope);
    return done(tool, scope, files, isRemoval);
  },
};

function check(tool: ToolName, scope: SetupScope, files: ReturnType<typeof checkTool>): CommandAnswer {
  const isDone = files.every(({ state }) => state === "set up");
  const call = `hive setup ${tool}${scope === "global" ? " --global" : ""}`;
  const lines = files.map(({ path, state }) => `${state}: ${path}`);
  return {
    json: { tool, scope, files, next: isDone ? null : call },
    text: [...lines, ...(isDone ? [] : [`Next: ${call}`])].join("\n"),
    ...(isDone ? {} : { exit: EXIT.failed }),
  };
}

function print(tool: ToolName): CommandAnswer {
  const { root, events } = TOOLS[tool].hooks;
  const hooks = Object.fromEntries(Object.entries(events).map(([event, entry]) => [event, [entry]]));
  const settings = { ...root, hooks };
  return { json: { tool, settings, notes: NOTES }, text: `${JSON.stringify(settings, null, 2)}\n\n${NOTES}` };
}

/** What a tool asks of its user before it runs hooks at all. */
const FIRST: Readonly<Partial<Record<ToolName, string>>> = {
  codex:
    "Codex runs hooks where its feature is on ([features] hooks = true in config.toml), once you trust them.",
};

function done(
  tool: ToolName,
  scope: SetupScope,
  files: readonly SettingsChange[],
  isRemoval: boolean,
): CommandAnswer {
  const lines = files.map(({ path, change }) => `${change}: ${path}`);
  const next = isRemoval
    ? []
    : [
        ...(FIRST[tool] === undefined ? [] : [FIRST[tool]]),
        "From its next start on a session registers itself, and its first prompt's start tells others what it works on (HIVE_HOOK_OFF=work: not).",
        `Take it out again: hive setup ${tool}${scope === "global" ? " --global" : ""} --remove`,
      ];
  return { json: { tool, scope, files }, text: [...lines, ...next].join("\n") };
}
