import { existsSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { onlyPath } from "../domain/claims/glob/glob.ts";
import { unclosedBracket } from "../domain/claims/glob/syntax.ts";
import { type Scope, scopeOf } from "../domain/claims/overlap.ts";
import { type ClaimProject, ownedName, projectName } from "../domain/claims/project.ts";
import { isKey, namesWork, pathOf, Target } from "../domain/claims/target.ts";
import { wrongCall } from "../errors.ts";
import type { World } from "../world.ts";
import type { ProjectPath } from "./workplace/project.ts";

/** Targets as operations take them. There is no project where all targets are keys, because keys hold in every project. */
export interface Named extends ClaimProject {
  readonly targets: readonly string[];
}

/** A target as the user wrote it, with one scope in which claims may hold it. */
export interface ScopedTarget {
  readonly target: string;
  readonly scope: Scope;
}

/**
 * Reads keys and paths from the user. A path is relative to the current directory, as in git; after `:/` or `/` it is
 * relative to the project's root. An absolute path in the project is that path. Throws HiveError.
 */
export async function readTargets(
  world: World,
  given: readonly string[],
  givenProject: string | undefined,
): Promise<Named> {
  const texts = given.map((text) => withoutSpace(world, text));
  if (texts.every(namesWork)) return { targets: texts };
  const { claimProject, findProject } = await import("./workplace/project.ts");
  const here = findProject(world.directory);
  const targets = await Promise.all(
    texts.map(async (text) => (namesWork(text) ? text : fromRoot(world, text))),
  );
  return {
    targets,
    ...(givenProject === undefined ? claimProject(world, here) : namedProject(givenProject)),
  };
}

/** A text without the space around it, unless a file has that in its name. */
export function withoutSpace(world: World, text: string): string {
  const trimmed = text.trim();
  return trimmed === text || (trimmed !== "" && existsSync(join(world.directory, text))) ? text : trimmed;
}

/** The path of a text from the project's root, with a slash at the end for a folder that is named by one. */
export async function fromRoot(world: World, text: string): Promise<string> {
  const { findProject, pathsOf, realPath } = await import("./workplace/project.ts");
  const { root, key } = findProject(world.directory);
  // With `./`, because the path may look like a key.
  const below = (path: string) => withoutLinks(root, `./${path}`, pathsOf(root, path));
  if (text === "") return text;
  if (text.startsWith(":/")) return below(text.slice(2).replace(/^\/+/, ""));
  if (!isAbsolute(text)) {
    const directory = relative(root, realPath(world.directory)).replaceAll("\\", "/");
    return below(fromDirectory(directory, text.replaceAll("\\", "/")));
  }
  const found = pathsOf(root, text).find(({ project }) => project.key === key);
  if (found !== undefined) return `./${found.path}${text.endsWith("/") ? "/" : ""}`;
  if (realPath(text) === root) return "./";
  const path = text.replace(/^\/+/, "");
  if (path === text || isElsewhere(root, path))
    throw wrongCall(
      `${JSON.stringify(text)} is not inside ${root}.`,
      "Give a path relative to the current directory, or from the project's root, for example: :/src/api/**",
    );
  return below(path);
}

/** Whether a path from the root of this disk names a place there, and nothing in the project has such a path. */
function isElsewhere(root: string, path: string): boolean {
  const mark = path.search(/[*?[{]/);
  const start = mark < 0 ? path : path.slice(0, path.lastIndexOf("/", mark) + 1);
  const [first = ""] = start.split("/");
  if (first === "" || existsSync(join(root, first))) return false;
  return existsSync(`/${start}`) || (dirname(start) !== "." && existsSync(`/${dirname(start)}`));
}

/** A path relative to a directory, as one from the root. A path that leaves the root keeps its `..`, which no target may have. */
function fromDirectory(directory: string, text: string): string {
  const folders = directory === "" ? [] : directory.split("/");
  const names = text.split("/");
  while (names[0] === "." || (names[0] === ".." && folders.length > 0))
    if (names.shift() === "..") folders.pop();
  return [...folders, ...names].join("/");
}

/** A project that the user named: `shop`, or `team/shop` where several have that name. */
function namedProject(name: string): ClaimProject {
  const full = ownedName(`named:${name}`);
  const repository = full === undefined ? {} : { repository: { names: [full], first_commits: [] } };
  return { project: projectName(name), ...repository };
}

/** A path below the root, by the real names of its folders where some of them are links. */
function withoutLinks(root: string, text: string, paths: readonly ProjectPath[]): string {
  const found = paths.find(({ project }) => project.root === root);
  if (found === undefined || text.split(/[\\/]/).includes("..")) return text;
  const written = relative(root, join(root, text));
  return found.path === written ? text : `./${found.path}${text.endsWith("/") ? "/" : ""}`;
}

/**
 * Returns each target with the scopes in which claims may hold it: in this project, and for a file of a submodule in the
 * repositories on both sides of it. Throws HiveError and ZodError.
 */
export async function scopesOf(
  world: World,
  { targets: texts, ...named }: Named,
  isNamed = false,
): Promise<ScopedTarget[]> {
  const targets = texts.map((text) => Target.parse(text));
  const own = targets.map((target) => ({ target, scope: scopeOf({ patterns: [target], ...named }) }));
  const paths = isNamed ? [] : targets.filter((target) => !isKey(target));
  if (paths.length === 0) return own;
  const { findProject, pathsOf } = await import("./workplace/project.ts");
  const { root } = findProject(world.directory);
  const literal = paths.filter((target) => !GLOB.test(target));
  return [
    ...own,
    ...(await outerScopes(world, paths)),
    ...(await scopesAt(world, literal, (target) => pathsOf(root, pathOf(target)))),
  ];
}

const GLOB = /[*?[{]/;

/** Returns staged files with their scopes: they lie in this repository, and perhaps that is a submodule. */
export async function scopesOfStaged(
  world: World,
  paths: readonly string[],
  project: string | undefined,
): Promise<ScopedTarget[]> {
  const { targets: _, ...named } = await readTargets(world, ["."], project);
  const scopes = paths.map((path) => ({ target: path, scope: scopeOfPath(path, path, named) }));
  const outer = project === undefined ? await outerScopes(world, paths.map(literalPattern), paths) : [];
  return [...scopes, ...outer];
}

/**
 * Returns the scopes of a file that a session of the directory is about to change; none for a file in no project. Throws
 * HiveError.
 */
export async function scopesOfFile(world: World, file: string): Promise<ScopedTarget[]> {
  const { pathsOf } = await import("./workplace/project.ts");
  const path = resolve(world.directory, file);
  const here = pathsOf(world.directory, path);
  const elsewhere = pathsOf(dirname(path), path).filter(({ project }) => project.isRepository);
  const paths = here.length > 0 ? here : elsewhere;
  const shown = paths[0]?.path ?? file;
  return scopesAt(world, [shown], () => paths);
}

async function scopesAt(
  world: World,
  targets: readonly string[],
  pathsAt: (target: string) => readonly ProjectPath[],
): Promise<ScopedTarget[]> {
  const nameOf = await namesOfProjects(world);
  return targets.flatMap((target) =>
    pathsAt(target).map(({ project, path }) => ({
      target,
      scope: scopeOfPath(target, path, nameOf(project)),
    })),
  );
}

/** The scopes of patterns in the repositories that this one is a submodule of. */
async function outerScopes(
  world: World,
  patterns: readonly string[],
  shown = patterns,
): Promise<ScopedTarget[]> {
  const { findProject, withSuperprojects } = await import("./workplace/project.ts");
  const [here, ...outer] = withSuperprojects(findProject(world.directory));
  if (here === undefined || outer.length === 0) return [];
  const nameOf = await namesOfProjects(world);
  return outer.flatMap((project) => {
    const folder = literalPattern(relative(project.root, here.root).replaceAll("\\", "/"));
    return patterns.map((pattern, index) => ({
      target: shown[index] ?? pattern,
      scope: scopeOf({ patterns: [`./${folder}/${pathOf(pattern)}`.normalize("NFC")], ...nameOf(project) }),
    }));
  });
}

/** Returns a function that reads what each project is called once. */
async function namesOfProjects(world: World): Promise<(project: ProjectPath["project"]) => ClaimProject> {
  const { claimProject } = await import("./workplace/project.ts");
  const known = new Map<string, ClaimProject>();
  return (project) => {
    const name = known.get(project.key) ?? claimProject(world, project);
    known.set(project.key, name);
    return name;
  };
}

function scopeOfPath(target: string, path: string, project: ClaimProject): Scope {
  return { keys: new Set(), ...project, files: [{ target, glob: onlyPath(path.normalize("NFC")) }] };
}

/** A path as a pattern that matches only itself. */
function literalPattern(path: string): string {
  return path.replaceAll(/[*?[{]/g, "[$&]");
}

/** Throws HiveError for a pattern with a bracket that is not closed, where no file has that name. */
export function refuseUnclosed(world: World, texts: readonly string[]): void {
  for (const text of texts) {
    const bracket = unclosedBracket(text);
    if (bracket === undefined || existsSync(resolve(world.directory, text))) continue;
    throw wrongCall(
      `${JSON.stringify(text)} has a ${bracket} without its ${bracket === "[" ? "] in the same name" : "}"}.`,
      `Close it. For the character itself, write [${bracket}]`,
    );
  }
}

/**
 * Throws HiveError for a text that may be a key or a file, or is a broken pattern, because a claim on what the user does not
 * mean would protect nothing.
 */
export async function refuseAmbiguous(world: World, given: readonly string[]): Promise<void> {
  refuseUnclosed(world, given);
  const texts = given.map((text) => withoutSpace(world, text));
  const { findProject } = await import("./workplace/project.ts");
  const { root } = findProject(world.directory);
  for (const text of texts.filter(namesWork)) {
    const isHere = existsSync(join(world.directory, text));
    if (!isHere && !existsSync(join(root, text))) continue;
    throw wrongCall(
      `${text} is a file or folder of this project, but a text without a slash is a key.`,
      `For the file or folder: hive claim ${isHere ? "./" : ":/"}${text}. For a key: hive claim work:${text}`,
    );
  }
}
