import type { GitResult } from "./git.ts";

/**
 * What a push came to, as far as its output tells:
 * 1. accepted: the branch is at our commit;
 * 2. stale: the branch had moved, an ordinary lost race;
 * 3. refused: a rule of the remote says no, and would say no again;
 * 4. denied: the remote is there and does not let us in, or has no such repository;
 * 5. unreachable: no connection was made, so nothing was sent;
 * 6. unknown: anything else. The push may have landed; only the branch itself can tell.
 */
export type PushOutcome =
  | { readonly kind: "accepted" | "stale" }
  | { readonly kind: "refused" | "denied" | "unreachable" | "unknown"; readonly reason: string };

/** Rejections that a retry on the new tip cures. A ref that could not be locked is somebody else's push in progress. */
const RACES =
  /\((?:fetch first|non-fast-forward|stale info|needs force|cannot lock ref.*|failed to update ref.*|incorrect old value provided|remote ref updated since checkout|.*is at [0-9a-f]+ but expected.*|reference already exists|failed to lock.*)\)$/;

/** The server failed in the middle of it, which is no rule. */
const SERVER_FAULTS = /\((?:Internal Server Error|failure)\)$/;

const NOT_FOUND =
  /repository .* not found|does not appear to be a git repository|Repository not found|returned error: 404/i;
const NO_ENTRY =
  /Authentication failed|could not read (?:Username|Password)|terminal prompts disabled|Permission denied|returned error: 40[13]|access denied|not authorized/i;

const NO_CONNECTION =
  /Could not resolve (?:host|proxy)|Failed to connect|Couldn't connect|Connection refused|Connection timed out|No route to host|Network is unreachable|unable to access .*returned error: 5\d\d/i;

/**
 * Reads the porcelain output of a push of one branch. Flags decide; git's and the server's prose is read only
 * where git gives no flag at all.
 */
export function readPushOutcome(result: GitResult, ref: string): PushOutcome {
  const line = result.stdout.split("\n").find((candidate) => candidate.split("\t")[1]?.endsWith(`:${ref}`));
  if (line === undefined || result.timedOut) return readFailure(result);
  const [flag, , summary = ""] = line.split("\t");
  if (flag !== "!") return { kind: "accepted" };
  if (RACES.test(summary)) return { kind: "stale" };
  if (SERVER_FAULTS.test(summary)) return { kind: "unknown", reason: explain(summary, result.stderr) };
  if (/^\[(?:remote )?rejected\]/.test(summary))
    return { kind: "refused", reason: explain(summary, result.stderr) };
  return { kind: "unknown", reason: explain(summary, result.stderr) };
}

/**
 * Why git never got as far as a branch: it may not come in, there is no such repository, or anything else, which
 * leaves open what the remote did.
 */
export function readFailure({
  stderr,
  code,
  timedOut,
}: GitResult): PushOutcome & { kind: "denied" | "unreachable" | "unknown" } {
  if (timedOut) return { kind: "unknown", reason: "no answer in time" };
  // What hooks of the server print is not git's word.
  const own = stderr
    .split("\n")
    .filter((line) => !line.startsWith("remote:"))
    .join("\n");
  const reason = lastLine(own) ?? `git ended with ${code}`;
  if (NO_CONNECTION.test(own)) return { kind: "unreachable", reason };
  if (NOT_FOUND.test(own)) return { kind: "denied", reason: "there is no such repository" };
  if (NO_ENTRY.test(own)) return { kind: "denied", reason: "access was denied" };
  // Of ssh, which says no more: the connection was gone before anything was asked for.
  if (/Could not read from remote repository/.test(own)) return { kind: "unreachable", reason };
  return { kind: "unknown", reason };
}

/** The reason in the summary's parentheses, and what the server said beside it. */
function explain(summary: string, stderr: string): string {
  const reason = /\(([^()]*)\)$/.exec(summary)?.[1] ?? summary;
  const said = stderr
    .split("\n")
    .filter((line) => line.startsWith("remote:"))
    .map((line) => line.slice(7).trim())
    .filter((line) => line !== "");
  return [reason, ...said].join(" | ").slice(0, 500);
}

function lastLine(stderr: string): string | undefined {
  return stderr
    .split("\n")
    .filter((line) => /^(?:fatal|error):/.test(line))
    .at(-1)
    ?.slice(0, 300);
}
