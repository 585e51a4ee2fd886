import type { Driver } from "../driver.ts";
import { CLEARED, COMPACTED, FORK } from "../row-names.ts";

export const gemini: Driver = {
  name: "gemini",
  title: "Gemini CLI",
  setUp: "gemini",
  notes: "GEMINI.md",
  prepare: (scene) => {
    const settings = {
      general: { enableAutoUpdate: false, enableAutoUpdateNotification: false },
      privacy: { usageStatisticsEnabled: false },
      security: { auth: { selectedType: "gemini-api-key" } },
      mcpServers: { hive: { command: "git-hive", args: ["mcp"], trust: true } },
    };
    scene.write(".gemini/settings.json", JSON.stringify(settings));
  },
  env: ({ model }) => ({
    GOOGLE_GEMINI_BASE_URL: model.address,
    GEMINI_API_KEY: "no-key",
    GEMINI_CLI_TRUST_WORKSPACE: "true",
  }),
  argv: (prompt, { continues }) => [
    "--prompt",
    prompt,
    "--approval-mode=yolo",
    "--model=gemini-2.5-flash",
    ...(continues === undefined ? [] : ["--resume=latest"]),
  ],
  shell: (command) => ({ name: "run_shell_command", input: { command, description: "a line" } }),
  edit: (file_path, old_string, new_string) => ({
    name: "replace",
    input: { file_path, old_string, new_string, instruction: "Replace a line." },
  }),
  read: (file_path) => ({ name: "read_file", input: { file_path } }),
  mcp: (name, input) => ({ name: `mcp_hive_${name}`, input }),
  subagent: (prompt) => [{ name: "invoke_agent", input: { agent_name: "generalist", prompt } }],
  cannot: {
    [CLEARED]: "clears only by a command on the screen",
    [COMPACTED]: "compacts only by a command on the screen",
    [FORK]: "has no forks",
  },
};
