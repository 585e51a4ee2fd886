import {
  checkTool,
  removeFromTool,
  type SettingsChange,
  type SetupScope,
  setUpTool,
} from "../../app/coding-tools/setup.ts";
import { TOOL_HOOKS, TOOL_NAMES, type ToolName } from "../../domain/coding-tools/hook-entries.ts";
import { NOTES } from "../../domain/coding-tools/notes.ts";
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
    "tool, reach, files[] {path, change}; or of --check: tool, reach, files[] {path, state}, next; or of --print: tool, settings, notes",
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
    const reach: SetupScope = options.global === true ? "global" : "project";
    if (options.check === true) return check(tool, reach, checkTool(world, tool, reach));
    if (options.print === true) return print(tool);
    const isRemoval = options.remove === true;
    const files = isRemoval ? removeFromTool(world, tool, reach) : setUpTool(world, tool, reach);
    return done(tool, reach, files, isRemoval);
  },
};

function check(tool: ToolName, reach: SetupScope, files: ReturnType<typeof checkTool>): CommandAnswer {
  const isDone = files.every(({ state }) => state === "set up");
  const call = `hive setup ${tool}${reach === "global" ? " --global" : ""}`;
  const lines = files.map(({ path, state }) => `${state}: ${path}`);
  return {
    json: { tool, reach, files, next: isDone ? null : call },
    text: [...lines, ...(isDone ? [] : [`Next: ${call}`])].join("\n"),
    ...(isDone ? {} : { exit: EXIT.failed }),
  };
}

function print(tool: ToolName): CommandAnswer {
  const { root, events } = TOOL_HOOKS[tool];
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
  reach: SetupScope,
  files: readonly SettingsChange[],
  isRemoval: boolean,
): CommandAnswer {
  const lines = files.map(({ path, change }) => `${change}: ${path}`);
  const next = isRemoval
    ? []
    : [
        ...(FIRST[tool] === undefined ? [] : [FIRST[tool]]),
        "From its next start on a session registers itself, and its first prompt's start tells others what it works on (HIVE_HOOK_OFF=work: not).",
        `Take it out again: hive setup ${tool}${reach === "global" ? " --global" : ""} --remove`,
      ];
  return { json: { tool, reach, files }, text: [...lines, ...next].join("\n") };
}
