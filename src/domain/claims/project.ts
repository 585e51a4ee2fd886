/** Most characters of a project's name. */
export const MAX_PROJECT_LENGTH = 100;

/** Most names, and most first commits, that describe one repository. */
export const MAX_REPOSITORY_NAMES = 16;

/** Most characters of a repository's full name. */
export const MAX_REPOSITORY_NAME_LENGTH = 160;

/** What tells a repository from another one with the same short name. Each list may be empty. */
interface RepositoryFacts {
  /** Its names with their owners, such as `team/shop`: now, at its other remotes, and before it was renamed. */
  readonly names: string[];
  /** The first commits of its history, compared where a name with an owner is missing. */
  readonly first_commits: string[];
}

/** The project that the paths of a claim belong to. Claims of older versions have only its short name. */
export interface ClaimProject {
  readonly project?: string | undefined;
  readonly repository?: RepositoryFacts | undefined;
}

/**
 * Whether two projects may be the same repository. Their full names decide, else their first commits. Where one of them
 * has neither, the short names decide, because a claim that holds too much is seen, and one that holds nothing is not.
 */
export function isSameProject(one: ClaimProject, other: ClaimProject): boolean {
  const [names, commits] = (["names", "first_commits"] as const).map((field) =>
    [one, other].map(({ repository }) => repository?.[field] ?? []),
  );
  const known = [names, commits].find((lists) => lists?.every((list) => list.length > 0));
  const [mine, theirs] = known ?? [shortNames(one), shortNames(other)];
  return mine?.some((each) => theirs?.includes(each)) === true;
}

function shortNames({ project, repository }: ClaimProject): string[] {
  return [...(project === undefined ? [] : [project]), ...(repository?.names ?? []).map(projectName)];
}

/**
 * The name of a repository with its owner, from the address of a remote: `team/shop`. Undefined for an address without
 * an owner, as of a repository on this disk.
 */
export function ownedName(url: string): string | undefined {
  const text = url.toWellFormed().trim();
  const path =
    /^(?!file:)[a-z][a-z0-9+.-]*:\/\/[^/]+\/(.*)$/i.exec(text) ?? /^[^/\\:]{2,}:(?!\/\/)(.*)$/.exec(text);
  const parts = (path?.[1] ?? "").split("/").filter((part) => part.trim() !== "" && part !== "~");
  if (parts.length < 2 || /^file:/i.test(text)) return undefined;
  const name = parts.slice(-2).map(spell).join("/");
  return name.length <= MAX_REPOSITORY_NAME_LENGTH ? name : undefined;
}

function spell(part: string): string {
  return projectName(decodePart(part).replaceAll(/[\\/:]/g, "-"));
}

/** A part of a web address, decoded where it is encoded correctly. */
function decodePart(part: string): string {
  try {
    return decodeURIComponent(part).toWellFormed();
  } catch {
    return part;
  }
}

/**
 * The project's short name: the last name in the address of the repository's remote, or in the path of its folder.
 */
export function projectName(location: string): string {
  const names = location.toWellFormed().split(/[\\/]/).map(withoutEnding);
  const name = names
    .findLast((each) => each !== "")
    ?.split(":")
    .at(-1);
  const characters = [...(name ?? "").toLowerCase().normalize("NFC")].slice(0, MAX_PROJECT_LENGTH / 2);
  const shown = characters.join("").replaceAll(/[\p{Cc}\u2028\u2029]/gu, "-");
  return shown.trim() || "project";
}

function withoutEnding(name: string): string {
  let rest = name.trimEnd();
  while (rest.slice(-4).toLowerCase() === ".git") rest = rest.slice(0, -4).trimEnd();
  return rest;
}
