import type { GitResult } from "./git.ts";

/**
 * The result of a push for one of its refs, as far as its output shows it:
 * 1. accepted: the ref is what the push asked for;
 * 2. stale: the ref had moved or was being moved, an ordinary lost race;
 * 3. refused: a rule of the remote refuses the push, and would refuse it again;
 * 4. denied: the remote exists and denies access, or has no such repository;
 * 5. unreachable: there was no connection, or the remote failed and took nothing; a later push may succeed;
 * 6. unknown: anything else. The push may have landed; only the remote's refs show it.
 */
export type PushOutcome =
  | { readonly kind: "accepted" | "stale" }
  | { readonly kind: "refused" | "denied" | "unreachable" | "unknown"; readonly reason: string };

/** Another push came first or is in progress, or another ref was refused: the next push may succeed. */
const RACE =
  /^(?:fetch first|non-fast.forward|stale info|needs force|remote ref updated since checkout|failed to (?:update refs?|lock|write|delete)\b.*|cannot lock ref.*|incorrect old value provided|reference (?:already exists|does not exist)|TF401028: .*|atomic (?:push|transaction) fail.*|transaction failed to start)$/;

/** The remote did not store the objects, so it changed no ref. */
const OBJECTS_NOT_STORED =
  /unpacker error|^(?:failed|bad pack|bad ref|shallow error|error processing packfiles.*|unable to migrate objects.*|missing (?:necessary|required) objects.*|missing object\(s\)|object .* missing)$/;

/** The remote failed, and may have moved the ref before it failed. */
const SERVER_FAILURE =
  /^(?:internal (?:server )?error.*|failure|unknown failure|server bug.*|fail(?:ed)? to run proc-receive.*|proc-receive failed.*)$/i;

/** Git's own words for a ref or an object that no later push can deliver. */
const PERMANENT_ERROR =
  /exists; cannot create|permission denied|insufficient permission|read-only file system|exceeds maximum|too large|error in (?:packed )?object|aborted by .{0,80}hook/i;

/** There was room for the objects, but no room is left for the ref. */
const NO_ROOM = /no space left|quota exceeded|couldn't write/i;

/** A hook, or the program in front of git, could not decide whether to accept the push. */
const OUTAGE =
  /internal (?:server|api)|\b50[0234] |API is not accessible|communication breakdown|temporarily|rate limit|abuse detection/i;

/** Maps `reason` and `words` to a result by the first row that matches. No match means a rule of the remote. */
const REJECTIONS: readonly {
  readonly reason: RegExp;
  readonly words?: RegExp;
  readonly kind: PushOutcome["kind"];
}[] = [
  { reason: SERVER_FAILURE, kind: "unknown" },
  { reason: RACE, words: PERMANENT_ERROR, kind: "refused" },
  { reason: RACE, words: NO_ROOM, kind: "unreachable" },
  { reason: RACE, kind: "stale" },
  // This host's git stopped, because the replica has lost an object.
  { reason: OBJECTS_NOT_STORED, words: /eof before pack header/, kind: "unknown" },
  { reason: OBJECTS_NOT_STORED, words: PERMANENT_ERROR, kind: "refused" },
  { reason: OBJECTS_NOT_STORED, kind: "unreachable" },
  { reason: /hook declined$/, words: OUTAGE, kind: "unreachable" },
];

/**
 * Reads the porcelain output of a push for one of its refs. The line of that ref decides, whatever the exit code and
 * the other lines are. Messages of git and the server are read only when that line leaves the result open.
 */
export function readPushOutcome(result: GitResult, ref: string): PushOutcome {
  const line = result.stdout.split("\n").find((candidate) => candidate.split("\t")[1]?.endsWith(`:${ref}`));
  if (result.timedOut) return readFailure(result);
  if (line === undefined) return readMissingLine(result);
  const [flag = "", , summary = ""] = line.split("\t");
  if (flag === "!") return readRejection(summary, ref, result.stderr);
  // The remote had the commit when the push began. Either this host's push had landed unnoticed, or the ref is gone
  // since.
  if (flag === "=") return { kind: "unknown", reason: "already there" };
  return /^[ +*-]$/.test(flag) ? { kind: "accepted" } : { kind: "unknown", reason: summary };
}

function readRejection(summary: string, ref: string, stderr: string): PushOutcome {
  const [, where, why = ""] = /^\[((?:remote )?rejected)\](?: \((.*)\))?$/.exec(summary) ?? [];
  const reason = [why || summary, ...serverMessages(stderr)].join(" | ").slice(0, 500);
  if (where === undefined || why === "") return { kind: "unknown", reason };
  // This host's git rejected it before sending, so nothing the remote prints is about it.
  const words =
    where === "rejected" ? [] : /hook declined$/.test(why) ? serverMessages(stderr) : errorsOn(ref, stderr);
  const text = withoutNames([why, ...words].join("\n"));
  const row = REJECTIONS.find((each) => each.reason.test(why) && (each.words?.test(text) ?? true));
  const kind = row?.kind ?? "refused";
  return kind === "stale" || kind === "accepted" ? { kind } : { kind, reason };
}

/** Git printed no line for the ref, so it stopped before it got that far. */
function readMissingLine(result: GitResult): PushOutcome {
  if (/^error: RPC failed; HTTP 413\b/m.test(result.stderr))
    return { kind: "refused", reason: "the push is too large for the server" };
  return readFailure(result);
}

/** Git only got as far as reading the refs, or the remote turned down what it sent. */
const NOTHING_TAKEN =
  /unable to access 'https?:|Could not read from remote repository|hung up upon initial contact|unable to update url base|Cannot access URL|remote error: |Authentication failed|could not read (?:Username|Password)|repository '[^']{0,200}' not found|RPC failed; HTTP 40[134]\b/;

const NOT_FOUND =
  /(?:repository|project) .{0,120}(?:not found|does not exist|not be found)|does not appear to be a git repository/i;

const ACCESS_DENIED =
  /Authentication failed|could not read (?:Username|Password)|returned error: 4(?!07|08|25|29)\d\d|denied|not allowed|no rights|read[- ]only|(?:account|repository).{0,120} (?:suspended|blocked|disabled)|SAML SSO|dubious ownership/i;

/** What this host's git prints, and sends nothing, when the hub has another ref that it takes for the one to push. */
export const AMBIGUOUS_REF = /^error: dst refspec (\S+) matches more than one$/m;

/**
 * Why git never reached a ref: access was denied, there is no such repository, the remote did not answer, or anything
 * else, which leaves open what the remote did. A connection that is refused after the push was sent is in the last
 * group, because curl repeats a lost request by itself.
 */
export function readFailure({
  stderr,
  code,
  timedOut,
}: GitResult): PushOutcome & { kind: "denied" | "unreachable" | "unknown" } {
  if (timedOut) return { kind: "unknown", reason: "no answer in time" };
  // The output of the server's hooks is not a message of git.
  const gitLines = linesOf(stderr).filter((line) => line !== "" && !line.startsWith("remote:"));
  const text = gitLines.join("\n");
  const reason =
    causeIn(gitLines) ??
    (text.includes("Everything up-to-date") ? "already there" : `git ended with ${code}`);
  const details = [reason, ...serverMessages(stderr)].join(" | ").slice(0, 500);
  const ambiguous = AMBIGUOUS_REF.exec(text);
  if (ambiguous) return { kind: "unreachable", reason: ambiguous[0] };
  // Git itself only says that the server's git failed, and the server's git says why.
  if (/^(?:remote: |fatal: git upload-pack: )aborting due to possible repository corruption/m.test(stderr))
    return { kind: "unknown", reason: details };
  if (!NOTHING_TAKEN.test(text)) return { kind: "unknown", reason };
  if (!text.includes("RPC failed") && OUTAGE.test(withoutNames(details)))
    return { kind: "unreachable", reason: details };
  if (NOT_FOUND.test(text)) return { kind: "denied", reason: "there is no such repository" };
  if (ACCESS_DENIED.test(withoutNames(text)))
    return { kind: "denied", reason: `access was denied | ${details}`.slice(0, 500) };
  return { kind: "unreachable", reason: details };
}

/** The first error. When git says only that it could not read, the line before, which is from ssh or the server. */
function causeIn(gitLines: readonly string[]): string | undefined {
  const isCause = /^(?:fatal|error): (?!Could not read from remote|failed to push some refs)/i;
  const end = gitLines.findIndex((line) => line.startsWith("fatal: Could not read from remote"));
  return (gitLines.find((line) => isCause.test(line)) ?? gitLines[end - 1] ?? gitLines[end])?.slice(0, 300);
}

/** The errors of the remote's git about this ref, or about no ref in particular; never those about another ref. */
function errorsOn(ref: string, stderr: string): string[] {
  const errors = linesOf(stderr).filter((line) => /^(?:remote: )?(?:error|fatal): /.test(line));
  const named = errors.filter((line) => line.includes(`'${ref}'`));
  return named.length > 0 ? named : errors.filter((line) => !line.includes("'refs/"));
}

/** The server's messages, without progress lines and ornaments. */
function serverMessages(stderr: string): string[] {
  return linesOf(stderr)
    .flatMap((line) => /^(?:remote:|error: (?:remote )?unpack failed:)(.*)$/.exec(line)?.[1]?.trim() ?? [])
    .filter(
      (line) => /[\p{L}\p{N}]/u.test(line) && !/^(?:Resolving deltas|Checking connectivity):/.test(line),
    );
}

/** Removes quoted names, because a hub may be named "read-only", which is not the server's message. */
function withoutNames(text: string): string {
  return text.replaceAll(/(?<!\w)'[^'\n]*'/g, "''");
}

function linesOf(text: string): string[] {
  // A program of the server may end its words with NUL.
  return text.split("\n").map((line) => line.replaceAll("\0", "").trim());
}
