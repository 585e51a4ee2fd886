import { mentionsIn } from "./markdown-oracle.ts";
import {
  type Account,
  type CommentRecord,
  type IssueRecord,
  type Site,
  showComment,
  showIssue,
  showReaction,
  showRun,
  showSite,
  showTeam,
} from "./records.ts";

/** What an operation is answered with. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Request {
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
  readonly by: Account;
}

function refuse(status: number, message: string, extra: object = {}): Answer {
  const documentation_url = "https://docs.github.com/rest";
  return {
    status,
    body: { message, documentation_url, ...extra, ...(status === 422 ? {} : { status: String(status) }) },
  };
}

const invalid = (field: string, message: string) =>
  refuse(422, "Validation Failed", { errors: [{ resource: "Issue", field, code: "invalid", message }] });

/** The issues of one repository as GitHub keeps them. What is not written here is not modelled, and throws. */
export class RepositoryModel {
  readonly name = "team/hub";
  readonly issues: IssueRecord[] = [];
  /** Everybody who was told of something, each time. */
  readonly notified: string[] = [];
  /** What told those who watch an issue: that it was made, opened again, or commented on. */
  readonly rings: string[] = [];
  hasIssues = true;
  readonly assignable = new Set(["ada-dev", "bob-dev"]);
  readonly teams = new Set(["team/on-call"]);
  /** The settings of its site; undefined where it has none. */
  site: Site | undefined;
  /** When the last run of each workflow that succeeded ended, by its file. */
  readonly succeeded = new Map<string, string>();
  /** Done once, before the next issue is made. */
  beforeCreate: (() => Promise<unknown>) | undefined;
  readonly #now: () => number;
  #comments = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  async answer(request: Request): Promise<Answer> {
    const { owner, repo } = request.params;
    if (owner !== undefined && `${owner}/${repo}` !== this.name) return refuse(404, "Not Found");
    switch (request.name) {
      case "GET /repos/{owner}/{repo}/issues":
        return this.#list(request);
      case "POST /repos/{owner}/{repo}/issues":
        return this.#create(request);
      case "PATCH /repos/{owner}/{repo}/issues/{issue_number}":
        return this.#update(request);
      case "GET /repos/{owner}/{repo}/issues/{issue_number}/comments":
        return this.#listComments(request);
      case "POST /repos/{owner}/{repo}/issues/{issue_number}/comments":
        return this.#comment(request);
      case "POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions":
        return this.#react(request);
      case "GET /repos/{owner}/{repo}/assignees/{assignee}":
        return this.assignable.has(request.params.assignee ?? "")
          ? { status: 204 }
          : refuse(404, "Not Found");
      case "GET /repos/{owner}/{repo}/pages":
        return this.#site(request);
      case "GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs":
        return this.#runs(request);
      case "GET /orgs/{org}/teams/{team_slug}":
        return this.#team(request);
      default:
        throw new Error(`not modelled: ${request.name}`);
    }
  }

  /** Somebody makes an issue on the site. */
  add(author: Account, over: Partial<IssueRecord> = {}): IssueRecord {
    const at = this.#instant();
    const issue: IssueRecord = {
      number: this.issues.length + 1,
      title: "Something",
      body: "",
      state: "open",
      stateReason: null,
      labels: [],
      assignees: [],
      author,
      createdAt: at,
      updatedAt: at,
      isPullRequest: false,
      comments: [],
      ...over,
    };
    this.issues.push(issue);
    return issue;
  }

  /** Somebody comments on the site, or over the API. */
  addComment(issue: IssueRecord, author: Account, body: string): CommentRecord {
    const comment = { id: 5000 + ++this.#comments, body, author, createdAt: this.#instant(), reactions: [] };
    issue.comments.push(comment);
    issue.updatedAt = comment.createdAt;
    return comment;
  }

  #instant(): string {
    return `${new Date(this.#now()).toISOString().slice(0, 19)}Z`;
  }

  #list({ query }: Request): Answer {
    const labels = query.get("labels")?.split(",") ?? [];
    const state = query.get("state") ?? "open";
    const since = Date.parse(query.get("since") ?? "2000-01-01T00:00:00Z");
    const found = this.issues
      .filter((issue) => state === "all" || issue.state === state)
      .filter((issue) => Date.parse(issue.updatedAt) >= since)
      .filter((issue) => labels.every((label) => issue.labels.includes(label)));
    if (query.get("sort") !== "created" || query.get("direction") !== "asc")
      throw new Error("not modelled: a list in another order");
    return page(
      query,
      found.map((issue) => showIssue(this.name, issue)),
    );
  }

  async #create({ body, by }: Request): Promise<Answer> {
    const before = this.beforeCreate;
    this.beforeCreate = undefined;
    await before?.();
    const refusal = this.#refuseWrite(by) ?? refuseText(body);
    if (refusal) return refusal;
    const assignees = (body.assignees ?? []) as string[];
    if (assignees.length > 10 || !assignees.every((login) => this.assignable.has(login)))
      return invalid("assignees", "One or more assignees could not be set");
    const issue = this.add(by, {
      title: String(body.title),
      body: String(body.body ?? ""),
      labels: (body.labels ?? []) as string[],
      assignees,
    });
    this.rings.push(`made ${issue.number}`);
    this.#notify(by, [...assignees, ...mentionsIn(issue.body)]);
    return { status: 201, body: showIssue(this.name, issue) };
  }

  #update({ body, by, params }: Request): Answer {
    const issue = this.#issue(params);
    if (!issue) return refuse(404, "Not Found");
    const refusal = this.#refuseWrite(by);
    if (refusal) return refusal;
    const { state = issue.state, state_reason: reason, title = issue.title, body: said, ...rest } = body;
    if (Object.keys(rest).length > 0)
      throw new Error("not modelled: a change of anything but state and texts");
    const invalidText = refuseText({ title, body: said ?? issue.body });
    if (invalidText) return invalidText;
    if (state === "open" && issue.state === "closed") this.rings.push(`reopened ${issue.number}`);
    const before = mentionsIn(issue.body);
    const stateReason = state === "closed" ? (reason ?? "completed") : null;
    Object.assign(issue, { state, stateReason, title, body: said ?? issue.body, updatedAt: this.#instant() });
    this.#notify(
      by,
      mentionsIn(issue.body).filter((name) => !before.includes(name)),
    );
    return { status: 200, body: showIssue(this.name, issue) };
  }

  #listComments({ params, query }: Request): Answer {
    const issue = this.#issue(params);
    if (!issue) return refuse(404, "Not Found");
    return page(
      query,
      issue.comments.map((comment) => showComment(this.name, issue, comment)),
    );
  }

  #comment({ body, by, params }: Request): Answer {
    const issue = this.#issue(params);
    if (!issue) return refuse(404, "Not Found");
    const refusal = this.#refuseWrite(by) ?? refuseText({ title: "-", ...body });
    if (refusal) return refusal;
    const comment = this.addComment(issue, by, String(body.body));
    this.rings.push(`comment ${issue.number}`);
    this.#notify(by, mentionsIn(comment.body));
    return { status: 201, body: showComment(this.name, issue, comment) };
  }

  #react({ body, by, params }: Request): Answer {
    const comment = this.issues
      .flatMap((issue) => issue.comments)
      .find(({ id }) => id === Number(params.comment_id));
    if (!comment) return refuse(404, "Not Found");
    const refusal = this.#refuseWrite(by);
    if (refusal) return refusal;
    const content = String(body.content);
    const isThere = comment.reactions.some((each) => each.login === by.login && each.content === content);
    if (!isThere) comment.reactions.push({ login: by.login, content });
    return { status: isThere ? 200 : 201, body: showReaction(comment, by, content) };
  }

  #site({ by }: Request): Answer {
    if (by.sees?.pages !== true) return refuse(403, "Resource not accessible by integration");
    return this.site === undefined
      ? refuse(404, "Not Found")
      : { status: 200, body: showSite(this.name, this.site) };
  }

  #runs({ by, params, query }: Request): Answer {
    if (by.sees?.actions !== true) return refuse(403, "Resource not accessible by integration");
    if (query.get("status") !== "success") throw new Error("not modelled: runs that did not succeed");
    const file = params.workflow_id ?? "";
    const ended = this.succeeded.get(file);
    const runs = ended === undefined ? [] : [showRun(this.name, file, ended)];
    return { status: 200, body: { total_count: runs.length, workflow_runs: runs } };
  }

  #team({ by, params }: Request): Answer {
    const { org = "", team_slug: slug = "" } = params;
    const isSeen = by.seesTeams && this.teams.has(`${org}/${slug}`);
    return isSeen ? { status: 200, body: showTeam(org, slug) } : refuse(404, "Not Found");
  }

  #issue({ issue_number }: Request["params"]): IssueRecord | undefined {
    return this.issues.find(({ number }) => number === Number(issue_number));
  }

  #refuseWrite(by: Account): Answer | undefined {
    if (!this.hasIssues) return refuse(410, "Issues are disabled for this repo");
    return by.mayWrite ? undefined : refuse(403, "Resource not accessible by integration");
  }

  /** Nobody is told what they did themselves, and a bot without sight of teams mentions none. */
  #notify(by: Account, names: readonly string[]): void {
    const told = names.filter((name) => name !== by.login && (by.seesTeams || !name.includes("/")));
    this.notified.push(...new Set(told));
  }
}

function refuseText(body: Record<string, unknown>): Answer | undefined {
  if ([...String(body.title)].length > 256)
    return invalid("title", "title is too long (maximum is 256 characters)");
  if ([...String(body.body ?? "")].length > 65_536)
    return invalid("body", "body is too long (maximum is 65536 characters)");
  return undefined;
}

/** One page of a list, with a link to the next. */
function page(query: URLSearchParams, all: readonly unknown[]): Answer {
  const size = Math.min(100, Number(query.get("per_page") ?? 30));
  const number = Number(query.get("page") ?? 1);
  const headers: Record<string, string> = {};
  if (number * size < all.length) headers.link = `<NEXT?${nextQuery(query, number + 1)}>; rel="next"`;
  return { status: 200, body: all.slice((number - 1) * size, number * size), headers };
}

function nextQuery(query: URLSearchParams, number: number): string {
  const next = new URLSearchParams(query);
  next.set("page", String(number));
  return next.toString();
}
