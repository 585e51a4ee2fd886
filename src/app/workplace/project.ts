import { existsSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import { type ClaimProject, projectName } from "../../domain/claims/project.ts";
import type { ProjectFacts } from "../../domain/doctor/project.ts";
import type { CheckoutFacts } from "../../domain/requests/draft-bundle.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { quoteForShell } from "../../domain/values/shell-quote.ts";
import { asHiveError, HiveError } from "../../errors.ts";
import {
  findProject,
  folderOf,
  type Project,
  projectOf,
  withSuperprojects,
} from "../../store/checkout/checkout.ts";
import { realPath } from "../../store/checkout/git-files.ts";
import { firstCommits, ownedNames, remotesOf } from "../../store/checkout/origin.ts";
import { Host } from "../../store/host/state-directory.ts";
import { linkOf } from "../../store/identity/links.ts";
import type { World } from "../../world.ts";

/** A file's path in one repository. */
export interface ProjectPath {
  readonly project: Project;
  /** Relative to the root, with `/`. */
  readonly path: string;
}

/**
 * What claims on a project's paths are known by: its short name, and what tells it from others of that name. Throws
 * HiveError where it cannot be read, because claims under another name would protect nothing.
 */
export function claimProject({ env, home }: World, project: Project): ClaimProject {
  const remotes = remotesOf(project);
  const link = linkOf(new Host(env, home), project, env);
  const names = [...new Set([...ownedNames(remotes), ...(link?.names ?? [])])];
  const commits = names.length > 0 ? [] : [...(link?.commits ?? firstCommits(project, env) ?? [])];
  return {
    project: projectName(remotes[0]?.url ?? folderOf(project)),
    ...(names.length + commits.length > 0 ? { repository: { names, first_commits: commits } } : {}),
  };
}

/**
 * The paths of a file: in its repository, and in those that it is a submodule of. None where the file belongs to no
 * project of the directory. Links are followed, and a file that does not exist yet has the path that it will have.
 */
export function pathsOf(directory: string, file: string): ProjectPath[] {
  const asked = resolve(directory, file);
  // A link to a file is a file of its own, and writing to it changes the other one.
  const places = new Set([join(realPath(dirname(asked)), basename(asked)), realPath(asked)]);
  const here = withSuperprojects(findProject(directory));
  return [...places].flatMap((place) => {
    const around = withSuperprojects(findProject(existingFolder(place)));
    const isOurs = around.some(({ key }) => here.some((each) => each.key === key));
    return (isOurs ? around : here).flatMap((project) => {
      const path = relative(project.root, place).replaceAll("\\", "/");
      const isOutside = path === "" || path === ".." || path.startsWith("../") || isAbsolute(path);
      return isOutside ? [] : [{ project, path }];
    });
  });
}

function existingFolder(path: string): string {
  const folder = dirname(path);
  return existsSync(folder) || folder === path ? folder : existingFolder(folder);
}

/** What `hive doctor` says about the project of the current directory. */
export async function projectFacts(world: World, unchosen: ProjectFacts["unchosen"]): Promise<ProjectFacts> {
  const { isForeign } = await import("../../store/checkout/user-git.ts");
  const project = findProject(world.directory);
  const { root, isRepository } = project;
  return {
    root,
    name: nameIn(world, project),
    unchosen,
    isForeign: isRepository && (await isForeign(root, world.env)),
  };
}

function nameIn(world: World, project: Project): ProjectFacts["name"] {
  try {
    const { project: short = "", repository } = claimProject(world, project);
    return repository?.names[0] ?? short;
  } catch (error) {
    return asHiveError(error);
  }
}

/** Returns the files that the next commit in this checkout changes. Throws HiveError where there is no checkout. */
export async function stagedAt({ directory, env }: World): Promise<string[]> {
  const { stagedFiles } = await import("../../store/checkout/staged.ts");
  const root = projectOf(directory);
  return stagedFiles(root, directory, env).catch(async (cause: Error) => {
    const { isForeign } = await import("../../store/checkout/user-git.ts");
    const isOfOther = await isForeign(root, env);
    throw new HiveError(
      "no_checkout",
      isOfOther
        ? `Git does not list the staged files of ${root}, because the folder belongs to another user.`
        : `Git could not list the staged files of ${root}.`,
      isOfOther
        ? `If you trust it: git config --global --add safe.directory ${quoteForShell(root)}`
        : "Check: git status",
      { cause },
    );
  });
}

/** Returns git's facts about the project of the current directory; undefined where it is no checkout. Reads only. */
export async function checkoutFacts(world: World, since?: Instant): Promise<CheckoutFacts | undefined> {
  const facts = await import("../../store/checkout/facts.ts");
  return facts.checkoutFacts(projectOf(world.directory), world.env, since);
}

export { findProject, realPath, withSuperprojects };
