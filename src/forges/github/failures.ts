import { firstLine } from "../../domain/values/visible.ts";
import { HiveError } from "../../errors.ts";
import type { GitHubRepository } from "./target.ts";

/** What Octokit throws, as far as it is read. Status 500 with a cause is a connection that broke. */
interface RequestFailure extends Error {
  readonly status: number;
  readonly response?: { readonly headers: Readonly<Record<string, string | number | undefined>> };
}

function isRequestFailure(error: unknown): error is RequestFailure {
  return error instanceof Error && error.name === "HttpError" && "status" in error;
}

/** The request got no answer that says whether it was done: it may have been. */
export function isUnanswered(error: unknown): boolean {
  return isRequestFailure(error) && error.status >= 500;
}

/** How many seconds GitHub wants to be left alone; undefined where it did not refuse for being asked too often. */
export function waitAsked(error: unknown, now: number): number | undefined {
  if (!isRequestFailure(error) || (error.status !== 403 && error.status !== 429)) return undefined;
  const headers = error.response?.headers ?? {};
  const asked = Number(headers["retry-after"]);
  if (asked > 0) return asked;
  if (Number(headers["x-ratelimit-remaining"] ?? 1) === 0)
    return Math.max(1, Math.ceil(Number(headers["x-ratelimit-reset"] ?? 0) - now / 1000));
  // GitHub names no time then, and asks for at least a minute.
  return error.status === 429 || /secondary rate/i.test(error.message) ? 60 : undefined;
}

/** A failure of GitHub's side as an error of ours: what happened, to what, what to do. Anything else stays as it is. */
export function explainFailure(error: unknown, target: GitHubRepository, now: number): unknown {
  if (!isRequestFailure(error)) return error;
  const name = `${target.owner}/${target.repo}`;
  const wait = waitAsked(error, now);
  const [code, message, hint] = wait === undefined ? explain(error, name) : limited(name, wait);
  return new HiveError(code, message, hint, { cause: error });
}

type Words = readonly [code: string, message: string, hint: string];

function limited(name: string, wait: number): Words {
  return [
    "github_limited",
    `GitHub takes no more requests for ${name} for now; it asks for ${wait} s of patience.`,
    "Run it again later: what is posted already is found and not posted twice.",
  ];
}

function explain({ status, message }: RequestFailure, name: string): Words {
  const said = firstLine(message, 200).replace(/\.$/, "");
  if (status === 401)
    return [
      "github_token",
      "GitHub does not accept the token.",
      "Give one that is valid: GITHUB_TOKEN=<token>",
    ];
  if (status === 403)
    return [
      "github_rights",
      `GitHub lets this token not do that in ${name}: ${said}.`,
      "In a workflow: permissions: issues: write. Otherwise a token that may write issues there.",
    ];
  if (status === 404)
    return [
      "github_not_found",
      `GitHub shows this token no ${name}, or not what was asked of it.`,
      "Check the name, and that the token may see it.",
    ];
  if (status === 410)
    return [
      "github_no_issues",
      `${name} has its issues switched off.`,
      "Switch them on in the repository's settings, or remove the broadcast workflow.",
    ];
  if (status >= 500)
    return [
      "github_unanswered",
      `GitHub did not answer for ${name}: ${said}.`,
      "Run it again: what was posted after all is found and not posted twice.",
    ];
  return [
    "github_rejected",
    `GitHub rejected what was sent to ${name}: ${said}.`,
    "If it is not plain why, please report it: git-hive should not send such a thing.",
  ];
}
