import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { MAX_REPOSITORY_NAMES, ownedName } from "../../domain/claims/project.ts";
import { quoteForShell } from "../../domain/values/shell-quote.ts";
import { HiveError } from "../../errors.ts";
import { gitAt } from "../git/git.ts";
import type { Environment } from "../host/environment.ts";
import type { Project } from "./checkout.ts";
import { type Remote, remotesIn } from "./git-config.ts";

/** How long git may search a history for its first commits, in seconds. A very long one is not searched to its end. */
const HISTORY_SECONDS = "5";

/**
 * The remotes of a project, `origin` first, as its own settings name them. Throws HiveError where the settings cannot be
 * read, because the project is then another one than it seems.
 */
export function remotesOf({ root, key, isRepository }: Project): Remote[] {
  if (!isRepository) return [];
  try {
    return remotesIn(readFileSync(join(key, "config"), "utf8"));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" && existsSync(key)) return [];
    throw new HiveError(
      "project_unknown",
      code === "ENOENT"
        ? `Which project ${root} is cannot be read: its repository ${key} does not exist here.`
        : `Which project ${root} is cannot be read: ${(error as Error).message}.`,
      code === "ENOENT"
        ? `Mount the repository at ${quoteForShell(key)}, or repair the work tree there: git worktree repair. Or name the project: --project <name>`
        : `Make ${quoteForShell(join(key, "config"))} readable for this user, or name the project: --project <name>`,
      { cause: error },
    );
  }
}

/** The names of a project with their owners, at each of its remotes. */
export function ownedNames(remotes: readonly Remote[]): string[] {
  const names = remotes.flatMap(({ url }) => ownedName(url) ?? []);
  return [...new Set(names)].slice(0, MAX_REPOSITORY_NAMES);
}

/**
 * The first commits of all branches of a repository; none when it has no commit. Undefined when they cannot be known:
 * only a part of the history is here, or git fails.
 */
export function firstCommits({ key, isRepository }: Project, environment: Environment): string[] | undefined {
  if (!isRepository) return [];
  if (existsSync(join(key, "shallow"))) return undefined;
  try {
    const git = gitAt(key, {
      ...environment,
      HIVE_GIT_SECONDS: environment.HIVE_GIT_SECONDS ?? HISTORY_SECONDS,
    });
    const { code, stdout } = git.runNow(["rev-list", "--max-parents=0", "--all"], "");
    const commits = stdout.toString("utf8").split("\n").filter(Boolean);
    return code === 0 ? commits.sort().slice(0, MAX_REPOSITORY_NAMES) : undefined;
  } catch (error) {
    if (error instanceof HiveError) return undefined;
    throw error;
  }
}

/**
 * One spelling for all addresses of a remote: without scheme, user, port and `.git`, with the host in lower case.
 * Undefined for an address that names no repository.
 */
export function normalRemote(url: string): string | undefined {
  const text = url.trim();
  if (/[\r\n]/.test(text)) return undefined;
  const { scheme, host, path } = partsOf(text);
  const isLocal = host === undefined || /^file$/i.test(scheme ?? "");
  const place = withoutGit(
    (isLocal ? text.replace(/^file:\/\/(?:localhost)?/i, "") : (path ?? "")).replaceAll("\\", "/"),
  );
  if (isLocal) return /^(?:\/|[a-z]:\/)./i.test(place) ? place : undefined;
  const name = place.replace(/^\/+/, "");
  return name === "" || host === "" ? undefined : `${host?.replace(/:\d*$/, "").toLowerCase()}/${name}`;
}

/** The parts of a URL, or of an address as ssh takes it; none for a path. */
function partsOf(text: string): { scheme?: string; host?: string; path?: string } {
  const [scheme, rest] = textsAround(text, "://");
  if (rest !== undefined && /^[a-z][a-z0-9+.-]*$/i.test(scheme)) {
    const [authority, path] = textsAround(rest, "/");
    return { scheme, host: withoutUser(authority), path: `/${path ?? ""}` };
  }
  if (!/^[^/\\:]{2,}:(?!\/\/)/.test(text)) return {};
  const [authority, path = ""] = textsAround(text, ":");
  const host = withoutUser(authority);
  return host === "" ? {} : { host, path };
}

/** The text before and after the first of a mark; undefined after it where there is none. */
function textsAround(text: string, mark: string): [before: string, after: string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + mark.length)];
}

function withoutUser(authority: string): string {
  return authority.slice(authority.lastIndexOf("@") + 1);
}

/** A path without the slashes and the `.git` at its end. */
function withoutGit(path: string): string {
  let end = path.length;
  for (;;)
    if (path[end - 1] === "/") end--;
    else if (path.slice(end - 4, end).toLowerCase() === ".git" && end >= 4) end -= 4;
    else return path.slice(0, end);
}

/**
 * A text that stays the same while a project's directory is the same one, and changes when another one takes its path.
 */
export function stampOf({ key }: Project): string {
  const { ino, birthtimeMs } = statSync(key, { throwIfNoEntry: false }) ?? {};
  return `${ino ?? 0}:${birthtimeMs ?? 0}`;
}
