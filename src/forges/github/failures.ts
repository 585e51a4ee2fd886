import { firstLine } from "../../domain/values/visible.ts";
import { HiveError } from "../../errors.ts";
import type { GitHubRepository } from "./target.ts";

/** The error that Octokit throws, with the fields read here. Status 500 with a cause means a broken connection. */
interface RequestFailure extends Error {
  readonly status: number;
  readonly response?: { readonly headers: Readonly<Record<string, string | number | undefined>> };
}

function isRequestFailure(error: unknown): error is RequestFailure {
  return error instanceof Error && error.name === "HttpError" && "status" in error;
}

/** Whether the request got no clear answer, so that it may have been carried out. */
export function isUnanswered(error: unknown): boolean {
  return isRequestFailure(error) && error.status >= 500;
}

/** The seconds to wait that GitHub asks for; undefined if it did not refuse because of too many requests. */
export function requestedWait(error: unknown, now: number): number | undefined {
  if (!isRequestFailure(error) || (error.status !== 403 && error.status !== 429)) return undefined;
  const headers = error.response?.headers ?? {};
  const asked = Number(headers["retry-after"]);
  if (asked > 0) return asked;
  if (Number(headers["x-ratelimit-remaining"] ?? 1) === 0)
    return Math.max(1, Math.ceil(Number(headers["x-ratelimit-reset"] ?? 0) - now / 1000));
  // For these errors GitHub gives no time; its documentation asks for at least a minute.
  return error.status === 429 || /secondary rate/i.test(error.message) ? 60 : undefined;
}

/**
 * Turns a GitHub error into a HiveError: what happened, to what, what to do next. Any other error is returned
 * unchanged.
 */
export function explainFailure(error: unknown, target: GitHubRepository, now: number): unknown {
  if (!isRequestFailure(error)) return error;
  const name = `${target.owner}/${target.repo}`;
  const wait = requestedWait(error, now);
  const [code, message, hint] = wait === undefined ? explain(error, name) : limited(name, wait);
  return new HiveError(code, message, hint, { cause: error });
}

type ErrorParts = readonly [code: string, message: string, hint: string];

function limited(name: string, wait: number): ErrorParts {
  return [
    "github_limited",
    `GitHub limits requests for ${name}; it asks to wait ${wait} s.`,
    "Run it again later. Existing posts are found and not posted twice.",
  ];
}

function explain({ status, message }: RequestFailure, name: string): ErrorParts {
  const reason = firstLine(message, 200).replace(/\.$/, "");
  if (status === 401)
    return ["github_token", "GitHub does not accept the token.", "Set a valid token: GITHUB_TOKEN=<token>"];
  if (status === 403)
    return [
      "github_rights",
      `The token lacks the permission for this in ${name}: ${reason}.`,
      "In a workflow, set permissions: issues: write. Elsewhere, use a token that may write issues there.",
    ];
  if (status === 404)
    return [
      "github_not_found",
      `GitHub did not find ${name}, or hides it from this token.`,
      "Check the name, and that the token may read the repository.",
    ];
  if (status === 410)
    return [
      "github_no_issues",
      `Issues are disabled in ${name}.`,
      "Enable them in the repository's settings, or remove the broadcast workflow.",
    ];
  if (status >= 500)
    return [
      "github_unanswered",
      `GitHub did not answer for ${name}: ${reason}.`,
      "Run it again. Existing posts are found and not posted twice.",
    ];
  return [
    "github_rejected",
    `GitHub rejected what was sent to ${name}: ${reason}.`,
    "If the reason is not clear, report it as a bug of git-hive.",
  ];
}
