/** Who acts on the server: what GitHub shows of an account, and what its token may do. */
export interface Account {
  readonly login: string;
  readonly type: "User" | "Bot";
  readonly association: "OWNER" | "MEMBER" | "COLLABORATOR" | "CONTRIBUTOR" | "NONE";
  readonly mayWrite: boolean;
  /** A workflow's own token sees no team. */
  readonly seesTeams: boolean;
  /** What a workflow's token may read beside issues. */
  readonly sees?: { readonly actions: boolean; readonly pages: boolean };
}

export interface IssueRecord {
  readonly number: number;
  title: string;
  body: string;
  state: "open" | "closed";
  stateReason: string | null;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  readonly author: Account;
  readonly createdAt: string;
  updatedAt: string;
  readonly isPullRequest: boolean;
  readonly comments: CommentRecord[];
}

export interface CommentRecord {
  readonly id: number;
  readonly body: string;
  readonly author: Account;
  readonly createdAt: string;
  readonly reactions: { readonly login: string; readonly content: string }[];
}

const API = "https://api.github.example";
const PAGE = "https://github.example";

export function showUser({ login, type }: Pick<Account, "login" | "type">) {
  const url = `${API}/users/${encodeURIComponent(login)}`;
  const links = Object.fromEntries(
    [
      ...[
        "events",
        "followers",
        "following",
        "gists",
        "organizations",
        "received_events",
        "repos",
        "starred",
      ],
      "subscriptions",
    ].map((name) => [`${name}_url`, `${url}/${name}`]),
  );
  return {
    login,
    id: 1000 + login.length,
    node_id: `U_${login}`,
    avatar_url: `${PAGE}/avatars/1`,
    gravatar_id: "",
    html_url: `${PAGE}/${encodeURIComponent(login)}`,
    type,
    site_admin: false,
    url,
    ...links,
  };
}

export function showIssue(name: string, issue: IssueRecord) {
  const url = `${API}/repos/${name}/issues/${issue.number}`;
  return {
    id: 100_000 + issue.number,
    node_id: `I_${issue.number}`,
    url,
    repository_url: `${API}/repos/${name}`,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: `${PAGE}/${name}/issues/${issue.number}`,
    number: issue.number,
    state: issue.state,
    state_reason: issue.stateReason,
    title: issue.title,
    body: issue.body,
    user: showUser(issue.author),
    labels: issue.labels.map((label) => ({ name: label, color: "ededed" })),
    assignee: issue.assignees[0] === undefined ? null : showUser({ login: issue.assignees[0], type: "User" }),
    assignees: issue.assignees.map((login) => showUser({ login, type: "User" })),
    milestone: null,
    locked: false,
    comments: issue.comments.length,
    closed_at: issue.state === "closed" ? issue.updatedAt : null,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    author_association: issue.author.association,
    ...(issue.isPullRequest
      ? { pull_request: { url, html_url: url, diff_url: `${url}.diff`, patch_url: `${url}.patch` } }
      : {}),
  };
}

export function showComment(name: string, issue: IssueRecord, comment: CommentRecord) {
  const url = `${API}/repos/${name}/issues/comments/${comment.id}`;
  return {
    id: comment.id,
    node_id: `IC_${comment.id}`,
    url,
    html_url: `${PAGE}/${name}/issues/${issue.number}#issuecomment-${comment.id}`,
    issue_url: `${API}/repos/${name}/issues/${issue.number}`,
    body: comment.body,
    user: showUser(comment.author),
    created_at: comment.createdAt,
    updated_at: comment.createdAt,
    author_association: comment.author.association,
  };
}

export function showReaction(comment: CommentRecord, author: Account, content: string) {
  return {
    id: 1,
    node_id: "R_1",
    user: showUser(author),
    content,
    created_at: comment.createdAt,
  };
}

export function showTeam(org: string, slug: string) {
  const url = `${API}/orgs/${org}/teams/${slug}`;
  const at = "2026-01-01T00:00:00Z";
  const owner = `${API}/orgs/${org}`;
  return {
    id: 7,
    node_id: "T_7",
    url,
    html_url: `${PAGE}/orgs/${org}/teams/${slug}`,
    name: slug,
    slug,
    description: null,
    privacy: "closed",
    permission: "pull",
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    type: "organization",
    members_count: 2,
    repos_count: 1,
    created_at: at,
    updated_at: at,
    organization: {
      login: org,
      id: 8,
      node_id: "O_8",
      url: owner,
      ...Object.fromEntries(
        ["repos", "events", "hooks", "issues"].map((name) => [`${name}_url`, `${owner}/${name}`]),
      ),
      members_url: `${owner}/members{/member}`,
      public_members_url: `${owner}/public_members{/member}`,
      avatar_url: `${PAGE}/avatars/8`,
      description: null,
      html_url: `${PAGE}/${org}`,
      has_organization_projects: true,
      has_repository_projects: true,
      public_repos: 1,
      public_gists: 0,
      followers: 0,
      following: 0,
      type: "Organization",
      created_at: at,
      updated_at: at,
      archived_at: null,
    },
  };
}

/** The settings of a repository's site. */
export interface Site {
  readonly build_type: "workflow" | "legacy";
  readonly public: boolean;
}

export function showSite(name: string, site: Site) {
  return { url: `${API}/repos/${name}/pages`, status: "built", cname: null, custom_404: false, ...site };
}

/** A repository as a run of a workflow shows it: mostly addresses. */
function showRepository(name: string) {
  const url = `${API}/repos/${name}`;
  const words =
    "archive assignees blobs branches collaborators comments commits compare contents contributors deployments downloads events forks git_commits git_refs git_tags hooks issue_comment issue_events issues keys labels languages merges milestones notifications pulls releases stargazers statuses subscribers subscription tags teams trees";
  return {
    ...{ id: 9, node_id: "R_9", name: name.split("/")[1], full_name: name, private: true, fork: false },
    ...{ description: null, html_url: `${PAGE}/${name}`, url },
    owner: showUser({ login: name.split("/")[0] ?? "", type: "User" }),
    ...Object.fromEntries(words.split(" ").map((word) => [`${word}_url`, `${url}/${word}`])),
  };
}

/** A run of a workflow that succeeded, and when it ended. */
export function showRun(name: string, file: string, ended: string) {
  const url = `${API}/repos/${name}/actions/runs/1`;
  const words = "jobs logs check_suite cancel rerun artifacts workflow";
  return {
    ...{ id: 1, node_id: "W_1", head_branch: "main", run_number: 1, display_title: "hive", event: "push" },
    ...{ status: "completed", conclusion: "success", head_sha: "0".repeat(40), workflow_id: 1 },
    ...{ path: `.github/workflows/${file}`, url, html_url: `${PAGE}/${name}/actions/runs/1` },
    ...{ created_at: ended, updated_at: ended, head_commit: null, pull_requests: [] },
    repository: showRepository(name),
    head_repository: showRepository(name),
    ...Object.fromEntries(words.split(" ").map((word) => [`${word}_url`, `${url}/${word}`])),
  };
}
