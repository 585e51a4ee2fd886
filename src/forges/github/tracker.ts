import type { Octokit } from "@octokit/rest";
import { type Issue, isTrusted } from "../../domain/issues/issue.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { HiveError } from "../../errors.ts";
import type { World } from "../../world.ts";
import { connect } from "./connect.ts";
import { chooseRepository, type GitHubRepository, requireToken } from "./target.ts";

/** An issue to create. */
export interface IssueDraft {
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
}

export interface Comment {
  readonly body: string;
  readonly isTrusted: boolean;
}

type Listed = Awaited<ReturnType<Octokit["rest"]["issues"]["listForRepo"]>>["data"][number];

/** Reads an issue from GitHub's answer. */
function readIssue({
  number,
  html_url,
  title,
  body,
  state,
  created_at,
  user,
  author_association,
}: Listed): Issue {
  return {
    number,
    url: html_url,
    title,
    body: body ?? "",
    isOpen: state === "open",
    createdAt: created_at,
    isTrusted: isTrusted({ type: user?.type, association: author_association }),
  };
}

/** The issues of one repository on GitHub. Every method throws HiveError if GitHub refuses or does not answer. */
export class Tracker {
  readonly #octokit: Octokit;
  readonly #target: GitHubRepository;
  readonly #repository: { readonly owner: string; readonly repo: string };

  constructor(world: World, target: GitHubRepository) {
    this.#octokit = connect(world, target);
    this.#target = target;
    this.#repository = { owner: target.owner, repo: target.repo };
  }

  /**
   * Opens the given repository, else the one that the environment or the hub's address names. Throws HiveError if
   * there is none.
   */
  static open(world: World, given: string | undefined, hub: string): Tracker {
    return new Tracker(world, chooseRepository(given, world.env, hub));
  }

  get name(): string {
    return `${this.#target.owner}/${this.#target.repo}`;
  }

  get maySeeTeams(): boolean {
    return this.#target.maySeeTeams;
  }

  requireToken(): void {
    requireToken(this.#target);
  }

  /** The URL of a file of the repository at a commit. */
  linkTo(path: string, commit: string): string {
    return `${this.#target.page}/blob/${commit}/${path}`;
  }

  /** Lists issues created or changed since an instant, and older open issues with a label. */
  async list(since: Instant, label: string): Promise<Issue[]> {
    const recent = await this.#list({ state: "all", since });
    const older = await this.#list({ state: "open", labels: label });
    return [...new Map([...older, ...recent].map((issue) => [issue.number, issue])).values()];
  }

  async #list(filter: { state: "all" | "open"; since?: Instant; labels?: string }): Promise<Issue[]> {
    const route = this.#octokit.rest.issues.listForRepo;
    const options = {
      ...this.#repository,
      ...filter,
      sort: "created",
      direction: "asc",
      per_page: 100,
    } as const;
    const listed = await this.#octokit.paginate(route, options);
    return listed.filter(({ pull_request }) => pull_request === undefined).map(readIssue);
  }

  async create({ title, body, labels, assignees }: IssueDraft): Promise<Issue> {
    const draft = { title, body, labels: [...labels], assignees: [...assignees] };
    return readIssue((await this.#octokit.rest.issues.create({ ...this.#repository, ...draft })).data);
  }

  /** Changes an issue, and with a state opens or closes it. */
  async update(
    issue: number,
    texts: Pick<IssueDraft, "title" | "body">,
    state?: "open" | "closed",
  ): Promise<Issue> {
    const reason = state === "closed" ? { state, state_reason: "completed" as const } : {};
    const change = { ...texts, ...(state === "open" ? { state } : reason) };
    const route = this.#octokit.rest.issues.update;
    return readIssue((await route({ ...this.#repository, issue_number: issue, ...change })).data);
  }

  async close(issue: number, reason: "completed" | "not_planned" | "duplicate"): Promise<void> {
    const change = { state: "closed", state_reason: reason } as const;
    await this.#octokit.rest.issues.update({ ...this.#repository, issue_number: issue, ...change });
  }

  async comments(issue: number): Promise<Comment[]> {
    const route = this.#octokit.rest.issues.listComments;
    const listed = await this.#octokit.paginate(route, {
      ...this.#repository,
      issue_number: issue,
      per_page: 100,
    });
    return listed.map(({ body = "", user, author_association }) => ({
      body,
      isTrusted: isTrusted({ type: user?.type, association: author_association }),
    }));
  }

  async comment(issue: number, body: string): Promise<void> {
    await this.#octokit.rest.issues.createComment({ ...this.#repository, issue_number: issue, body });
  }

  /** Adds a thumbs-up to a comment, to show that its command was carried out. A second call changes nothing. */
  async approve(comment: number): Promise<void> {
    const reaction = { comment_id: comment, content: "+1" } as const;
    await this.#octokit.rest.reactions.createForIssueComment({ ...this.#repository, ...reaction });
  }

  canAssign(login: string): Promise<boolean> {
    return exists(() =>
      this.#octokit.rest.issues.checkUserCanBeAssigned({ ...this.#repository, assignee: login }),
    );
  }

  /**
   * Whether the token can read a team, `organization/team`. GitHub does not link a mention of a team that the token
   * cannot read.
   */
  canSeeTeam(team: string): Promise<boolean> {
    const [org = "", slug = ""] = team.split("/");
    return exists(() => this.#octokit.rest.teams.getByName({ org, team_slug: slug }));
  }
}

async function exists(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch (error) {
    if (error instanceof HiveError && error.code === "github_not_found") return false;
    throw error;
  }
}
