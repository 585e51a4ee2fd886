import { type Dirent, readdirSync } from "node:fs";
import { join } from "node:path";
import type { ProjectSigns } from "../../domain/sessions/propose-profile.ts";
import { inOrderOf } from "../../domain/values/order.ts";
import { readText } from "../host/files.ts";

/** Limits for the scan, so that it is quick in every project. */
const MAX_FILES = 2000;
const MAX_FOLDERS = 200;
const MAX_DEPTH = 4;

/** Folders that tools download, build or cache. They say nothing about the project. */
const TOOL_FOLDERS = new Set([
  "node_modules",
  "vendor",
  "dist",
  "build",
  "target",
  "out",
  "coverage",
  "venv",
  "__pycache__",
]);

/** Scans a project for signs of what it is about: the names of its files and its package manifest. */
export function scanProject(project: string): ProjectSigns {
  const paths: string[] = [];
  const folders = [""];
  for (let seen = 0; folders.length > 0 && seen < MAX_FOLDERS && paths.length < MAX_FILES; seen++) {
    const folder = folders.shift() ?? "";
    for (const entry of entriesOf(join(project, folder))) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isFile()) paths.push(path);
      else if (isProjectFolder(entry) && path.split("/").length < MAX_DEPTH) folders.push(path);
    }
  }
  return { paths: paths.slice(0, MAX_FILES), names: manifestNames(readText(join(project, "package.json"))) };
}

function entriesOf(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true }).sort(inOrderOf(({ name }) => name));
  } catch {
    return [];
  }
}

function isProjectFolder(entry: Dirent): boolean {
  return entry.isDirectory() && !entry.name.startsWith(".") && !TOOL_FOLDERS.has(entry.name);
}

/** A package's name, keywords and dependencies. */
function manifestNames(text: string | undefined): string[] {
  try {
    const manifest = JSON.parse(text ?? "{}") as Record<string, unknown>;
    const { name, keywords, dependencies } = manifest;
    const listed = [...(Array.isArray(keywords) ? keywords : []), ...Object.keys(dependencies ?? {})];
    return [name, ...listed].filter((each) => typeof each === "string");
  } catch {
    return [];
  }
}
