import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import process from "node:process";

/**
 * The versions that are tried. They are installed into a folder of this user and are no dependencies of ours, because
 * several of them may not be passed on.
 */
export const PINNED = {
  claude: { package: "@anthropic-ai/claude-code", version: "2.1.197", program: "claude" },
  codex: { package: "@openai/codex", version: "0.171.0", program: "codex" },
  gemini: { package: "@google/gemini-cli", version: "0.61.0", program: "gemini" },
  copilot: { package: "@github/copilot", version: "1.0.102", program: "copilot" },
  opencode: { package: "opencode-ai", version: "1.18.33", program: "opencode" },
  inspector: { package: "@modelcontextprotocol/inspector", version: "0.15.0", program: "mcp-inspector" },
} as const;
export type PinnedName = keyof typeof PINNED;

/** How long the registry may take for one tool. */
const INSTALL_TIMEOUT_MS = 120_000;

const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "git-hive", "tools");

/** The path of a tool's program. Installs it where it is missing; undefined where the registry does not give it. */
export function install(name: PinnedName): string | undefined {
  const pin = PINNED[name];
  const folder = join(CACHE, `${name}-${pin.version}`);
  const program = join(folder, "node_modules", ".bin", pin.program);
  if (existsSync(program)) return program;
  // Continuous integration has no time for half a gigabyte of downloads.
  if (process.env.CI) return undefined;
  const draft = `${folder}.${process.pid}`;
  try {
    mkdirSync(draft, { recursive: true });
    writeFileSync(join(draft, "package.json"), '{"private":true}');
    const what = `${pin.package}@${pin.version}`;
    const how = ["install", "--no-audit", "--no-fund", "--loglevel=error", what];
    execFileSync("npm", how, { cwd: draft, stdio: "ignore", timeout: INSTALL_TIMEOUT_MS });
    renameSync(draft, folder);
    return program;
  } catch {
    return undefined;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
