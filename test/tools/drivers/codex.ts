import type { Driver } from "../driver.ts";
import { CLEARED, COMPACTED } from "../row-names.ts";

export const codex: Driver = {
  name: "codex",
  title: "Codex",
  setUp: "codex",
  notes: "AGENTS.md",
  prepare: (scene) => {
    const config = `
model = "scripted"
model_provider = "scripted"
check_for_update_on_startup = false
[analytics]
enabled = false
[model_providers.scripted]
name = "scripted"
base_url = "${scene.model.address}/v1"
env_key = "SCRIPTED_KEY"
wire_api = "responses"
[projects."${scene.project}"]
trust_level = "trusted"
[mcp_servers.hive]
command = "git-hive"
args = ["mcp"]
`;
    scene.write(".codex/config.toml", config);
  },
  env: () => ({ SCRIPTED_KEY: "no-key" }),
  argv: (prompt, { continues, edits }, scene) => [
    "exec",
    "--json",
    "--dangerously-bypass-approvals-and-sandbox",
    "--dangerously-bypass-hook-trust",
    // It offers its own way to edit files only to models that it knows, and servers' tools to them only by search.
    ...(edits === true ? ["--model=gpt-5.5"] : []),
    ...(continues === "same" ? ["resume", "--last"] : []),
    ...(continues === "copy" ? ["fork", String(scene.hookCalls()[0]?.event.session_id)] : []),
    prompt,
  ],
  shell: (cmd) => ({ name: "exec_command", input: { cmd } }),
  edit: (path, before, after) => ({
    name: "apply_patch",
    input: { input: `*** Begin Patch\n*** Update File: ${path}\n@@\n-${before}\n+${after}\n*** End Patch\n` },
  }),
  read: (path) => ({ name: "exec_command", input: { cmd: `cat '${path}'` } }),
  mcp: (name, input) => ({ name, input }),
  subagent: (message) => [{ name: "spawn_agent", input: { message } }],
  cannot: {
    [CLEARED]: "clears only by a command on the screen",
    [COMPACTED]: "compacts only by a command on the screen",
  },
};
