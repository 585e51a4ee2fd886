import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ROOT = new URL("..", import.meta.url).pathname;
const BIOME = join(ROOT, "node_modules/.bin/biome");

/** One import for each rule that it breaks; GitQL's findings carry no name, so each is known by what it says. */
const FORBIDDEN = [
  ["src/domain/probe.ts", 'import { readFileSync } from "node:fs";', "domain/ is pure"],
  ["src/domain/probe.ts", 'import { setTimeout } from "node:timers/promises";', "domain/ is pure"],
  ["src/domain/search/probe.ts", 'import { parse } from "yaml";', "domain/ is pure"],
  ["src/domain/search/probe.ts", 'import * as z from "zod";', "domain/ is pure"],
  ["src/domain/probe.ts", 'import { gitAt } from "../store/git/git.ts";', "domain/ is pure"],
  [
    "src/domain/claims/glob/probe.ts",
    'import type { Hive } from "../../../app/hive/hive.ts";',
    "domain/ is pure",
  ],
  ["src/domain/inbox/probe.ts", 'export const load = () => import("../../errors.ts");', "domain/ is pure"],
  ["src/domain/values/probe.ts", 'import { zoneOf } from "../time/zone.ts";', "values/ is the ground"],
  ["src/domain/time/probe.ts", 'import { skill } from "../sessions/skill.ts";', "stand on values/ alone"],
  ["src/domain/hub/probe.ts", 'import type { Claim } from "../claims/claim.ts";', "stand on values/ alone"],
  [
    "src/domain/sessions/operations/probe.ts",
    'import { put } from "../../messages/write.ts";',
    "sessions/ stands on",
  ],
  ["src/domain/messages/probe.ts", 'import { find } from "../requests/find.ts";', "messages/ stands on"],
  ["src/domain/claims/probe.ts", 'import { find } from "../requests/find.ts";', "claims/ stands on"],
  ["src/domain/requests/probe.ts", 'import type { Claim } from "../claims/claim.ts";', "requests/ stands on"],
  ["src/store/probe.ts", 'import { Io } from "../cli/io.ts";', "store/ imports domain/"],
  ["src/store/landing/probe.ts", 'import { Hive } from "../../app/hive/hive.ts";', "store/ imports domain/"],
  ["src/store/probe.ts", 'import { Octokit } from "@octokit/rest";', "store/ imports domain/"],
  ["src/store/landing/probe.ts", 'import { spawn } from "node:child_process";', "Only store/git/ starts git"],
  ["src/app/hive/probe.ts", 'import { spawn } from "node:child_process";', "Only store/git/ starts git"],
  ["src/cli/probe.ts", 'import { spawn } from "node:child_process";', "Only store/git/ starts git"],
  ["src/cli/probe.ts", 'import { exit } from "node:process";', "Only main.ts and store/ touch the process"],
  ["src/store/host/probe.ts", 'import { gitAt } from "../git/git.ts";', "host/ and decoding/ are the ground"],
  [
    "src/store/decoding/probe.ts",
    'import type { Reading } from "../reading/part-files.ts";',
    "host/ and decoding/ are the ground",
  ],
  ["src/store/git/probe.ts", 'import { parse } from "../hub/address.ts";', "git/ stands on host/"],
  [
    "src/store/outbox/probe.ts",
    'import { land } from "../landing/land.ts";',
    "hub/, outbox/ and user-files/ stand on",
  ],
  [
    "src/store/replica/probe.ts",
    'import { Roots } from "../reading/roots.ts";',
    "replica/, checkout/ and validation/ stand on",
  ],
  [
    "src/store/reading/probe.ts",
    'import { land } from "../landing/land.ts";',
    "reading/, identity/ and health/ stand on",
  ],
  [
    "src/store/identity/probe.ts",
    'import { openHubStore } from "../hub-store.ts";',
    "Only landing/ stands on",
  ],
  ["src/forges/github/probe.ts", 'import { gitAt } from "../../store/git/git.ts";', "A forge is reached"],
  ["src/forges/github/probe.ts", 'import { Hive } from "../../app/hive/hive.ts";', "A forge is reached"],
  ["src/forges/github/probe.ts", 'import { request } from "node:https";', "A forge is reached"],
  ["src/importers/bash-tools/probe.ts", 'import { readFileSync } from "node:fs";', "importers/ translate"],
  [
    "src/importers/bash-tools/probe.ts",
    'import { gitAt } from "../../store/git/git.ts";',
    "importers/ translate",
  ],
  ["src/app/probe.ts", 'import { Io } from "../cli/io.ts";', "app/ joins"],
  ["src/cli/commands/probe.ts", 'import { gitAt } from "../../store/git/git.ts";', "An edge asks app/"],
  [
    "src/cli/commands/probe.ts",
    'import { Tracker } from "../../forges/github/tracker.ts";',
    "An edge asks app/",
  ],
  ["src/mcp/tools/probe.ts", 'import { gitAt } from "../../store/git/git.ts";', "An edge asks app/"],
  ["src/hook/probe.ts", 'import { Host } from "../store/host/state-directory.ts";', "An edge asks app/"],
  ["src/cli/commands/probe.ts", 'import { serve } from "../../mcp/serve.ts";', "cli/ imports no other edge"],
  ["src/mcp/tools/probe.ts", 'import { Io } from "../../cli/io.ts";', "mcp/ imports no other edge"],
  ["src/hook/probe.ts", 'import { Io } from "../cli/io.ts";', "hook/ imports no other edge"],
  ["src/hook/probe.ts", 'import { readFileSync } from "node:fs";', "hook/ imports no other edge"],
  ["src/dashboard/probe.ts", 'import { readFileSync } from "node:fs";', "dashboard/ runs in a browser"],
  ["src/dashboard/page/probe.ts", 'import { Io } from "../../cli/io.ts";', "dashboard/ runs in a browser"],
  [
    "src/dashboard/probe.ts",
    'import type { Hive } from "../app/hive/hive.ts";',
    "dashboard/ runs in a browser",
  ],
  ["src/probe.ts", 'import { spawn } from "node:child_process";', "The root's files"],
  ["src/probe.ts", 'import type { Io } from "./cli/io.ts";', "The root's files"],
  ["src/store/probe.ts", 'export const ask = () => fetch("https://example.org");', "noRestrictedGlobals"],
  [
    "src/forges/github/probe.ts",
    'export const ask = () => fetch("https://example.org");',
    "noRestrictedGlobals",
  ],
  ["src/domain/probe.ts", "export const now = () => Date.now();", "noJsRestrictedProperties"],
  ["src/domain/sessions/probe.ts", "export const chance = () => Math.random();", "noJsRestrictedProperties"],
  ["src/domain/probe.ts", "export const later = setTimeout;", "noRestrictedGlobals"],
  ["src/cli/probe.ts", "export const end = () => process.exit(0);", "noRestrictedGlobals"],
  ["src/store/probe.ts", "export const env = () => process.env;", "noRestrictedGlobals"],
] as const;

const ALLOWED = [
  ["src/domain/probe.ts", 'export { SessionId } from "./values/ids.ts";'],
  ["src/domain/claims/operations/probe.ts", 'export { decide } from "../../decide.ts";'],
  ["src/domain/coding-tools/probe.ts", 'export { command } from "./hook-entries.ts";'],
  ["src/store/git/probe.ts", 'export { spawn } from "node:child_process";'],
  ["src/store/git/probe.ts", 'export { HUB } from "../../domain/hub/layout.ts";'],
  ["src/store/landing/probe.ts", 'export { Outbox } from "../outbox/outbox.ts";'],
  ["src/cli/commands/probe.ts", 'export { Hive } from "../../app/hive/hive.ts";'],
  ["src/dashboard/page/probe.ts", 'export { makeVisible } from "../../domain/values/visible.ts";'],
  ["src/cli/commands/probe.ts", 'export { fillPage } from "../../dashboard/fill-page.ts";'],
  ["src/hook/probe.ts", 'export { enrol } from "../app/coding-tools/register.ts";'],
  ["src/forges/github/probe.ts", 'export { Octokit } from "@octokit/rest";'],
  ["src/mcp/probe.ts", 'export { McpServer } from "@modelcontextprotocol/server";'],
  ["src/mcp/tools/probe.ts", 'export { Hive } from "../../app/hive/hive.ts";'],
  ["src/app/publishing/probe.ts", 'export { Tracker } from "../../forges/github/tracker.ts";'],
  ["src/probe.ts", 'export const load = () => import("./cli/program.ts");'],
] as const;

/** Every probe as a file of its own in a copy of the linter's configuration, all linted in one run. */
let directory: string;
let report: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "hive-layers-"));
  for (const file of ["biome.json", "scripts/imports.grit"])
    await cp(join(ROOT, file), join(directory, file));
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
      expect(findingsAt(path, index)).not.toMatch(/noRestricted|title=plugin/);
    },
  );
});
