import type { Driver } from "../driver.ts";
import type { Scene } from "../scene.ts";

function common({ home }: Scene): string[] {
  return [
    "--output-format=stream-json",
    "--verbose",
    "--include-hook-events",
    `--mcp-config=${home}/mcp.json`,
    "--allowedTools=Bash,Edit,Read,Write,mcp__hive,mcp__plugin_git-hive_hive",
  ];
}

export const claude: Driver = {
  name: "claude",
  title: "Claude Code",
  setUp: "claude",
  notes: "CLAUDE.md",
  prepare: (scene) => {
    const mcpServers = { hive: { command: "git-hive", args: ["mcp"] } };
    scene.write("mcp.json", JSON.stringify({ mcpServers }));
  },
  env: ({ model }) => ({
    ANTHROPIC_BASE_URL: model.address,
    ANTHROPIC_API_KEY: "no-key",
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
    DISABLE_TELEMETRY: "1",
    DISABLE_AUTOUPDATER: "1",
    DISABLE_ERROR_REPORTING: "1",
  }),
  argv: (prompt, { continues }, scene) => [
    "-p",
    prompt,
    ...common(scene),
    ...(continues === undefined ? [] : ["--continue"]),
    ...(continues === "copy" ? ["--fork-session"] : []),
  ],
  turns: {
    argv: (scene) => ["-p", ...common(scene), "--input-format=stream-json"],
    line: (content) => JSON.stringify({ type: "user", message: { role: "user", content } }),
    end: '"type":"result"',
  },
  shell: (command) => ({ name: "Bash", input: { command, description: "a line" } }),
  edit: (file_path, old_string, new_string) => ({
    name: "Edit",
    input: { file_path, old_string, new_string },
  }),
  read: (file_path) => ({ name: "Read", input: { file_path } }),
  mcp: (name, input) => ({ name: `mcp__hive__${name}`, input }),
  subagent: (prompt) => [
    { name: "Agent", input: { description: "a task", prompt, subagent_type: "general-purpose" } },
  ],
  cannot: {},
};
