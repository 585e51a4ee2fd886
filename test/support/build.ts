import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const ROOT = new URL("../..", import.meta.url).pathname;
const MADE_OF = [
  "src",
  "scripts/rolldown.config.ts",
  "scripts/dashboard-page.ts",
  "package.json",
  "package-lock.json",
];

/** Builds `dist/` once before all tests, unless it is newer than all it is made of. */
export function setup(): void {
  const newest = Math.max(...MADE_OF.map((path) => newestIn(join(ROOT, path))));
  if (newest < changedAt(join(ROOT, "dist/main.cjs"))) return;
  const rolldown = join(ROOT, "node_modules/.bin/rolldown");
  const stdio = ["ignore", "ignore", "inherit"] as const;
  execFileSync(rolldown, ["-c", "scripts/rolldown.config.ts"], { cwd: ROOT, stdio: [...stdio] });
}

function newestIn(path: string): number {
  const inner = statSync(path).isDirectory()
    ? readdirSync(path).map((name) => newestIn(join(path, name)))
    : [];
  return Math.max(changedAt(path), ...inner);
}

function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
