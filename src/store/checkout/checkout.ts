import { existsSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { SETTINGS_PATH } from "../../domain/hub/layout.ts";
import { readText } from "../host/files.ts";
import { commonOf, findClone, isGitDirectory, realPath } from "./git-files.ts";

/** The project of a directory: the repository that it lies in, else the directory itself. */
export interface Project {
  /** The root of the work tree, without symbolic links. */
  readonly root: string;
  /**
   * What all work trees of one repository share, however their paths are written: git's common directory without
   * symbolic links. Where there is no repository, the directory itself.
   */
  readonly key: string;
  readonly isRepository: boolean;
}

/** Finds the project of a directory from files, without starting git. */
export function findProject(directory: string): Project {
  const real = realPath(resolve(directory));
  for (let at = real; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return repositoryAt(at);
    if (isGitDirectory(at)) return repositoryAt(basename(at) === ".git" ? dirname(at) : at);
    if (dirname(at) === at) return { root: real, key: real, isRepository: false };
  }
}

function repositoryAt(root: string): Project {
  return { root, key: realPath(findClone(root).common), isRepository: true };
}

/** The root of the project of a directory. */
export function projectOf(directory: string): string {
  return findProject(directory).root;
}

/** The repository that a submodule belongs to; undefined for a project that is no submodule. */
function superprojectOf({ root, key, isRepository }: Project): Project | undefined {
  if (!isRepository || dirname(root) === root) return undefined;
  const outer = findProject(dirname(root));
  const keeper = keeperOf(key);
  if (keeper !== undefined)
    return outer.key === keeper
      ? outer
      : { root: basename(keeper) === ".git" ? dirname(keeper) : keeper, key: keeper, isRepository: true };
  return outer.isRepository && listsSubmodule(outer.root, root) ? outer : undefined;
}

/** The repository in whose `modules` git keeps a submodule's own: below a linked work tree's directory, too. */
function keeperOf(key: string): string | undefined {
  for (let at = dirname(key); dirname(at) !== at; at = dirname(at)) {
    const isKeeper = key.startsWith(join(at, "modules", "/")) && existsSync(join(at, "HEAD"));
    if (isKeeper) return realPath(commonOf(at));
  }
  return undefined;
}

/** Whether a checkout names a folder as its submodule, whose repository was not moved into its own. */
function listsSubmodule(outer: string, root: string): boolean {
  const path = relative(outer, root).replaceAll("\\", "/");
  const lines = (readText(join(outer, ".gitmodules")) ?? "").split("\n");
  return lines.some((line) => {
    const [key = "", ...value] = line.split("=");
    return (
      key.trim() === "path" &&
      value
        .join("=")
        .trim()
        .replace(/^"(.*)"$/, "$1") === path
    );
  });
}

/** A project and the repositories that it is a submodule of, the nearest first. */
export function withSuperprojects(project: Project): Project[] {
  const outer = superprojectOf(project);
  return outer === undefined ? [project] : [project, ...withSuperprojects(outer)];
}

/** The folder that a repository is known by: that of its main checkout, or the bare repository without `.git`. */
export function folderOf({ root, key, isRepository }: Project): string {
  if (!isRepository) return root;
  const name = basename(key);
  return name === ".git" || name === ".bare" ? dirname(key) : key.replace(/\.git$/i, "");
}

/** Whether a project's work tree has a hub's settings, so that it may be a clone of a hub. */
export function looksLikeHub(root: string): boolean {
  return existsSync(join(root, ".git")) && existsSync(join(root, SETTINGS_PATH));
}

/** The URL of a clone's `origin`, else of its first remote; undefined when it has no remote or git fails. */
export async function remoteOf(root: string): Promise<string | undefined> {
  const { simpleGit } = await import("simple-git");
  const git = simpleGit(root);
  const names = await git.getRemotes().catch(() => []);
  const { name } = names.find((remote) => remote.name === "origin") ?? names[0] ?? {};
  return name === undefined
    ? undefined
    : (await git.remote(["get-url", name]).catch(() => ""))?.trim() || undefined;
}
