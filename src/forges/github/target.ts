import { RepositoryName } from "../../domain/values/github-names.ts";
import { HiveError, wrongCall } from "../../errors.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** A repository on a GitHub server, and how it is reached. */
export interface GitHubRepository {
  readonly owner: string;
  readonly repo: string;
  /** Where the API answers; no slash at its end. */
  readonly api: string;
  /** The repository's page, for links. */
  readonly page: string;
  readonly token: string | undefined;
  /** A token that somebody made for git-hive may see teams; the one a workflow is given never does. */
  readonly maySeeTeams: boolean;
}

/** A hub's address as GitHub writes them: `https://host/owner/name.git`, `ssh://git@host/owner/name`, `git@host:owner/name`. */
const ADDRESS =
  /^(?:https?:\/\/(?:[^/@]*@)?|ssh:\/\/(?:[^/@]*@)?|[^/@]+@)([^/:]+(?::\d+)?)[/:]([^/]+\/[^/]+?)(?:\.git)?\/?$/;

/** Which repository to post to: what was said, else what a workflow is told, else the hub's own address. Throws HiveError. */
export function chooseRepository(said: string | undefined, env: Environment, hub: string): GitHubRepository {
  const [, host = "", path] = ADDRESS.exec(hub) ?? [];
  const name = said ?? (env.GITHUB_REPOSITORY || undefined) ?? path;
  if (name === undefined)
    throw wrongCall(
      `${hub} is not on GitHub, so there is nowhere to post to.`,
      "Name a repository: --repo owner/name, or GITHUB_REPOSITORY=owner/name",
    );
  if (!RepositoryName.safeParse(name).success)
    throw wrongCall(`${JSON.stringify(name.slice(0, 120))} is no repository.`, "As in: --repo owner/name");
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

/** What is written needs a token. Throws HiveError. */
export function requireToken({ token }: GitHubRepository): void {
  if (token !== undefined) return;
  throw new HiveError(
    "no_token",
    "Posting to GitHub needs a token, and none is given.",
    "Set GITHUB_TOKEN. By hand: GITHUB_TOKEN=$(gh auth token) hive publish",
    { failure: "usage" },
  );
}

function apiOf(server: string): string {
  return /^https:\/\/github\.com$/i.test(server) ? "https://api.github.com" : `${server}/api/v3`;
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}
