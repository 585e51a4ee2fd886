import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ROOT = new URL("..", import.meta.url).pathname;
const BIOME = join(ROOT, "node_modules/.bin/biome");

const FORBIDDEN = [
  ["src/domain/probe.ts", 'import { readFileSync } from "node:fs";', "noRestrictedImports"],
  ["src/domain/probe.ts", 'import { setTimeout } from "node:timers/promises";', "noRestrictedImports"],
  ["src/domain/probe.ts", 'import { parse } from "yaml";', "noRestrictedImports"],
  ["src/domain/probe.ts", 'import { gitAt } from "../store/git.ts";', "noRestrictedImports"],
  ["src/domain/probe.ts", 'import { Hive } from "../hive.ts";', "noRestrictedImports"],
  ["src/domain/probe.ts", 'import * as z from "zod";', "noRestrictedImports"],
  ["src/domain/queries/probe.ts", 'import { gitAt } from "../../store/git.ts";', "noRestrictedImports"],
  ["src/domain/operations/probe.ts", 'import { Hive } from "../../hive.ts";', "noRestrictedImports"],
  ["src/seed/probe.ts", 'import { readFileSync } from "node:fs";', "noRestrictedImports"],
  ["src/seed/probe.ts", 'import { gitAt } from "../store/git.ts";', "noRestrictedImports"],
  ["src/store/probe.ts", 'import { Io } from "../cli/io.ts";', "noRestrictedImports"],
  ["src/store/probe.ts", 'import { Hive } from "../hive.ts";', "noRestrictedImports"],
  ["src/store/probe.ts", 'import { spawn } from "node:child_process";', "noRestrictedImports"],
  ["src/cli/probe.ts", 'import { gitAt } from "../store/git.ts";', "noRestrictedImports"],
  ["src/cli/commands/probe.ts", 'import { gitAt } from "../../store/git.ts";', "noRestrictedImports"],
  ["src/cli/probe.ts", 'import { spawn } from "node:child_process";', "noRestrictedImports"],
  ["src/probe.ts", 'import { spawn } from "node:child_process";', "noRestrictedImports"],
  ["src/probe.ts", 'import { Io } from "./cli/io.ts";', "noRestrictedImports"],
  ["src/hook/probe.ts", 'import { Host } from "../store/host.ts";', "noRestrictedImports"],
  ["src/hook/probe.ts", 'import { Io } from "../cli/io.ts";', "noRestrictedImports"],
  ["src/hook/probe.ts", 'import { readFileSync } from "node:fs";', "noRestrictedImports"],
  ["src/github/probe.ts", 'import { gitAt } from "../store/git.ts";', "noRestrictedImports"],
  ["src/github/probe.ts", 'import { Hive } from "../hive.ts";', "noRestrictedImports"],
  ["src/github/probe.ts", 'import { request } from "node:https";', "noRestrictedImports"],
  ["src/cli/commands/probe.ts", 'import { Tracker } from "../../github/tracker.ts";', "noRestrictedImports"],
  ["src/store/probe.ts", 'import { Octokit } from "@octokit/rest";', "noRestrictedImports"],
  ["src/store/probe.ts", 'export const ask = () => fetch("https://example.org");', "noRestrictedGlobals"],
  ["src/github/probe.ts", 'export const ask = () => fetch("https://example.org");', "noRestrictedGlobals"],
  ["src/mcp/probe.ts", 'import { gitAt } from "../store/git.ts";', "noRestrictedImports"],
  ["src/mcp/probe.ts", 'import { Io } from "../cli/io.ts";', "noRestrictedImports"],
  ["src/mcp/tools/probe.ts", 'import { gitAt } from "../../store/git.ts";', "noRestrictedImports"],
  ["src/mcp/tools/probe.ts", 'import { Io } from "../../cli/io.ts";', "noRestrictedImports"],
  ["src/cli/commands/probe.ts", 'import { serve } from "../../mcp/serve.ts";', "noRestrictedImports"],
  ["src/domain/probe.ts", "export const now = () => Date.now();", "noJsRestrictedProperties"],
  ["src/domain/probe.ts", "export const chance = () => Math.random();", "noJsRestrictedProperties"],
  ["src/domain/probe.ts", "export const later = setTimeout;", "noRestrictedGlobals"],
  ["src/cli/probe.ts", "export const end = () => process.exit(0);", "noRestrictedGlobals"],
  ["src/store/probe.ts", "export const env = () => process.env;", "noRestrictedGlobals"],
] as const;

const ALLOWED = [
  ["src/domain/probe.ts", 'export { SessionId } from "./ids.ts";'],
  ["src/domain/operations/probe.ts", 'export { decide } from "../decide.ts";'],
  ["src/store/git.ts", 'export { spawn } from "node:child_process";'],
  ["src/store/probe.ts", 'export { decide } from "../domain/decide.ts";'],
  ["src/cli/commands/probe.ts", 'export { Hive } from "../../hive.ts";'],
  ["src/hook/probe.ts", 'export { enrol } from "../enrol.ts";'],
  ["src/github/probe.ts", 'export { Octokit } from "@octokit/rest";'],
  ["src/mcp/probe.ts", 'export { McpServer } from "@modelcontextprotocol/server";'],
  ["src/mcp/tools/probe.ts", 'export { Hive } from "../../hive.ts";'],
  ["src/probe.ts", 'export { Tracker } from "./github/tracker.ts";'],
] as const;

/** Every probe as a file of its own in a copy of the linter's configuration, all linted in one run. */
let directory: string;
let report: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "hive-layers-"));
  await cp(join(ROOT, "biome.json"), join(directory, "biome.json"));
  for (const [index, [path, source]] of [...FORBIDDEN, ...ALLOWED].entries()) {
    const file = join(directory, placeOf(path, index));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `${source}\n`);
  }
  report = await new Promise((resolve) => {
    const argv = ["lint", "--vcs-enabled=false", "--max-diagnostics=none", "--reporter=github", "."];
    execFile(BIOME, argv, { cwd: directory }, (_, stdout, stderr) => resolve(stdout + stderr));
  });
});

afterAll(() => rm(directory, { recursive: true }));

/** Rules name exact files, so only probes get a number. */
function placeOf(path: string, index: number): string {
  return path.replace("probe.ts", `probe-${index}.ts`);
}

function findingsAt(path: string, index: number): string {
  return report
    .split("\n")
    .filter((line) => line.includes(`/${placeOf(path, index)},`))
    .join("\n");
}

describe("the layers", () => {
  it.each(FORBIDDEN.map((row, index) => [...row, index] as const))(
    "refuse in %s: %s",
    (path, _, rule, index) => {
      expect(findingsAt(path, index)).toContain(rule);
    },
  );

  it.each(ALLOWED.map((row, index) => [...row, FORBIDDEN.length + index] as const))(
    "allow in %s: %s",
    (path, _, index) => {
      expect(findingsAt(path, index)).not.toMatch(/noRestricted/);
    },
  );
});
