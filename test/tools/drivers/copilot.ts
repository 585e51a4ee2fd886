import type { Driver } from "../driver.ts";
import { CLEARED, COMPACTED, FORK, SUBAGENT_SHELL } from "../row-names.ts";

export const copilot: Driver = {
  name: "copilot",
  title: "Copilot CLI",
  isSlow: true,
  setUp: "copilot",
  notes: "AGENTS.md",
  prepare: (scene) => {
    scene.write(
      ".copilot/config.json",
      JSON.stringify({ trusted_folders: [scene.project], banner: "never" }),
    );
    const mcpServers = { hive: { type: "local", command: "git-hive", args: ["mcp"], tools: ["*"] } };
    scene.write(".copilot/mcp-config.json", JSON.stringify({ mcpServers }));
  },
  env: ({ model }) => ({
    COPILOT_PROVIDER_BASE_URL: `${model.address}/v1`,
    COPILOT_PROVIDER_API_KEY: "no-key",
    COPILOT_MODEL: "gpt-4.1",
    COPILOT_OFFLINE: "true",
    COPILOT_AUTO_UPDATE: "false",
  }),
  argv: (prompt, { continues }) => [
    "--prompt",
    prompt,
    "--allow-all-tools",
    "--allow-all-paths",
    ...(continues === undefined ? [] : ["--continue"]),
  ],
  shell: (command) => ({ name: "bash", input: { command, description: "a line", mode: "sync" } }),
  edit: (path, old_str, new_str) => ({ name: "edit", input: { path, old_str, new_str } }),
  read: (path) => ({ name: "view", input: { path } }),
  mcp: (name, input) => ({ name: `hive-${name}`, input }),
  subagent: (prompt) => [
    {
      name: "task",
      input: { description: "a task", prompt, agent_type: "task", name: "looker", mode: "sync" },
    },
  ],
  cannot: {
    [CLEARED]: "clears only by a command on the screen",
    [COMPACTED]: "compacts only by a command on the screen",
    [FORK]: "has no forks",
    [SUBAGENT_SHELL]: "gives a subagent's shell an id that no hook is told",
  },
};
