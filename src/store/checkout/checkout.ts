import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { projectName } from "../../domain/claims/project.ts";
import { SETTINGS_PATH } from "../../domain/hub/layout.ts";
import { findClone } from "./git-files.ts";

/** The root of the Git checkout that contains a directory; the directory itself when there is none. */
export function projectOf(directory: string): string {
  for (let at = directory; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (dirname(at) === at) return directory;
  }
}

/** The main checkout of a linked work tree; the project itself when it is not a linked work tree. */
export function mainCheckoutOf(project: string): string {
  const { common } = findClone(project);
  return basename(common) === ".git" ? dirname(common) : project;
}

/** Whether a project's work tree has a hub's settings, so that it may be a clone of a hub. */
export function looksLikeHub(project: string): boolean {
  return existsSync(join(project, ".git")) && existsSync(join(project, SETTINGS_PATH));
}

/** The name of a project, from its remote or from the folder that all its work trees belong to. */
export async function nameOfProject(project: string): Promise<string> {
  const { common } = findClone(project);
  const folder = basename(common) === ".git" ? dirname(common) : common;
  return projectName((await remoteOf(project)) ?? folder);
}

/** The URL of a clone's `origin`, else of its first remote; undefined when it has no remote or git fails. */
export async function remoteOf(project: string): Promise<string | undefined> {
  const { simpleGit } = await import("simple-git");
  const git = simpleGit(project);
  const names = await git.getRemotes().catch(() => []);
  const { name } = names.find((remote) => remote.name === "origin") ?? names[0] ?? {};
  return name === undefined
    ? undefined
    : (await git.remote(["get-url", name]).catch(() => ""))?.trim() || undefined;
}
