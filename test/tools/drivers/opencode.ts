import type { Driver } from "../driver.ts";
import { CLEARED, COMPACTED } from "../row-names.ts";

export const opencode: Driver = {
  name: "opencode",
  title: "opencode",
  isSlow: true,
  setUp: "opencode",
  notes: "AGENTS.md",
  prepare: (scene) => {
    const config = {
      autoupdate: false,
      share: "disabled",
      model: "scripted/scripted",
      small_model: "scripted/scripted",
      provider: {
        scripted: {
          npm: "@ai-sdk/openai-compatible",
          name: "scripted",
          options: { baseURL: `${scene.model.address}/v1`, apiKey: "no-key" },
          models: { scripted: { name: "scripted" } },
        },
      },
      permission: { external_directory: "allow", bash: "allow", edit: "allow" },
      mcp: { hive: { type: "local", command: ["git-hive", "mcp"], enabled: true } },
    };
    scene.write(".config/opencode/opencode.json", JSON.stringify(config));
  },
  env: () => ({ OPENCODE_DISABLE_AUTOUPDATE: "true", OPENCODE_DISABLE_MODELS_FETCH: "true" }),
  argv: (prompt, { continues }) => [
    "run",
    ...(continues === undefined ? [] : ["--continue"]),
    ...(continues === "copy" ? ["--fork"] : []),
    // It puts a word with a space into quotes.
    ...prompt.split(" "),
  ],
  shell: (command) => ({ name: "bash", input: { command, description: "a line" } }),
  edit: (filePath, oldString, newString) => ({ name: "edit", input: { filePath, oldString, newString } }),
  read: (filePath) => ({ name: "read", input: { filePath } }),
  mcp: (name, input) => ({ name: `hive_${name}`, input }),
  subagent: (prompt) => [
    { name: "task", input: { description: "a task", prompt, subagent_type: "general" } },
  ],
  cannot: {
    [CLEARED]: "clears only by a command on the screen",
    [COMPACTED]: "compacts only by a command on the screen",
  },
};
