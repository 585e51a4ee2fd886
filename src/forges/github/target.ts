import { RepositoryName } from "../../domain/values/github-names.ts";
import { HiveError, wrongCall } from "../../errors.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** A repository on a GitHub server, and how to reach it. */
export interface GitHubRepository {
  readonly owner: string;
  readonly repo: string;
  /** The base URL of the API, without a slash at the end. */
  readonly api: string;
  /** The URL of the repository's page, for links. */
  readonly page: string;
  readonly token: string | undefined;
  /** Whether the token may read teams. Only a token made for git-hive can; a workflow's own token never can. */
  readonly maySeeTeams: boolean;
}

/** An address of a hub on GitHub: `https://host/owner/name.git`, `ssh://git@host/owner/name`, `git@host:owner/name`. */
const ADDRESS =
  /^(?:https?:\/\/(?:[^/@]*@)?|ssh:\/\/(?:[^/@]*@)?|[^/@]+@)([^/:]+(?::\d+)?)[/:]([^/]+\/[^/]+?)(?:\.git)?\/?$/;

/**
 * Chooses the repository to post to: the given name, else GITHUB_REPOSITORY, else the hub's own address. Throws
 * HiveError if there is none or the name is invalid.
 */
export function chooseRepository(given: string | undefined, env: Variables, hub: string): GitHubRepository {
  const [, host = "", path] = ADDRESS.exec(hub) ?? [];
  const name = given ?? (env.GITHUB_REPOSITORY || undefined) ?? path;
  if (name === undefined)
    throw wrongCall(
      `${hub} is not on GitHub, so the repository to post to is unknown.`,
      "Name a repository: --repo owner/name, or GITHUB_REPOSITORY=owner/name",
    );
  if (!RepositoryName.safeParse(name).success)
    throw wrongCall(
      `${JSON.stringify(name.slice(0, 120))} is not the name of a repository.`,
      "Use the form: --repo owner/name",
    );
  const [owner = "", repo = ""] = name.split("/");
  const server = withoutSlash(env.GITHUB_SERVER_URL || `https://${host || "github.com"}`);
  const own = env.HIVE_GITHUB_TOKEN || undefined;
  return {
    owner,
    repo,
    api: withoutSlash(env.GITHUB_API_URL || apiOf(server)),
    page: `${server}/${name}`,
    token: own ?? (env.GITHUB_TOKEN || env.GH_TOKEN || undefined),
    maySeeTeams: own !== undefined,
  };
}

/** Throws HiveError without a token, because writing needs one. */
export function requireToken({ token }: GitHubRepository): void {
  if (token !== undefined) return;
  throw new HiveError(
    "no_token",
    "Posting to GitHub needs a token, and none is set.",
    "Set GITHUB_TOKEN, for example: GITHUB_TOKEN=$(gh auth token) hive publish",
    { failure: "usage" },
  );
}

function apiOf(server: string): string {
  return /^https:\/\/github\.com$/i.test(server) ? "https://api.github.com" : `${server}/api/v3`;
}

function withoutSlash(url: string): string {
  return url.replace(/(?<!\/)\/+$/, "");
}
