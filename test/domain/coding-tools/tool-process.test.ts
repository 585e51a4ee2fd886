import { expect, it } from "vitest";
import { TOOL_NAMES } from "../../../src/domain/coding-tools/table.ts";
import { toolProcesses } from "../../../src/domain/coding-tools/tool-process.ts";
import { TOOLS } from "../../../src/domain/coding-tools/tools.ts";

/** The processes of a hook, nearest first, by their command lines. */
function toolOf(...commands: readonly string[]): string | undefined {
  return toolProcesses(commands.map((command, index) => ({ pid: 100 - index, start: "1", command }))).at(-1)
    ?.command;
}

it.each(TOOL_NAMES)("what runs a hook of %s is not the tool", (name) => {
  const commands = JSON.stringify(TOOLS[name].hooks.events).matchAll(
    /"(?:command|bash|powershell|commandWindows)":("(?:[^"\\]|\\.)*")/g,
  );
  for (const [, command = '""'] of commands)
    expect(toolOf(`/bin/sh -c ${JSON.parse(command)}`, `/opt/${name}`, "-zsh")).toBe(`/opt/${name}`);
});

it.each([
  [
    "a shim",
    ["node /usr/bin/npx hive hook claude", "/bin/sh -c hive hook claude", "claude", "-zsh"],
    "claude",
  ],
  ["a limit", ["timeout 5 hive hook codex", "codex", "bash"], "codex"],
  [
    "a script in the place of hive",
    ["bash /opt/bin/hive hook gemini", "sh -c hive hook gemini", "node gemini"],
    "node gemini",
  ],
  ["a copy of a script's shell", ["bash tool.sh", "bash tool.sh", "bash other.sh"], "bash tool.sh"],
  [
    "a command that does more",
    ["bash -c hive hook claude; sleep 5", "node"],
    "bash -c hive hook claude; sleep 5",
  ],
  ["no process at all", [], undefined],
] as const)("the tool is found behind %s", (_, commands, tool) => {
  expect(toolOf(...commands)).toBe(tool);
});

it("what lies above the tool is not the tool's", () => {
  const found = toolProcesses(
    ["sh -c hive hook claude", "claude", "bash", "tmux"].map((command, pid) => ({
      pid,
      start: "1",
      command,
    })),
  );
  expect(found.map(({ command }) => command)).toEqual(["claude"]);
});
