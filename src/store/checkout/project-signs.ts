import { type Dirent, readdirSync } from "node:fs";
import { join } from "node:path";
import type { ProjectSigns } from "../../domain/sessions/propose-profile.ts";
import { inOrderOf } from "../../domain/values/order.ts";
import { readText } from "../host/files.ts";

/** A look has to be quick, whatever lies in a project. */
const MOST_FILES = 2000;
const MOST_FOLDERS = 200;
const DEEPEST = 4;

/** What is fetched, built or kept by tools says nothing about the project. */
const FOREIGN = new Set([
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

/** What can be seen of a project by its files' names and its package's manifest. */
export function lookAround(project: string): ProjectSigns {
  const paths: string[] = [];
  const folders = [""];
  for (let seen = 0; folders.length > 0 && seen < MOST_FOLDERS && paths.length < MOST_FILES; seen++) {
    const folder = folders.shift() ?? "";
    for (const entry of entriesOf(join(project, folder))) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isFile()) paths.push(path);
      else if (isOwn(entry) && path.split("/").length < DEEPEST) folders.push(path);
    }
  }
  return { paths: paths.slice(0, MOST_FILES), names: manifestNames(readText(join(project, "package.json"))) };
}

function entriesOf(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true }).sort(inOrderOf(({ name }) => name));
  } catch {
    return [];
  }
}

function isOwn(entry: Dirent): boolean {
  return entry.isDirectory() && !entry.name.startsWith(".") && !FOREIGN.has(entry.name);
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
