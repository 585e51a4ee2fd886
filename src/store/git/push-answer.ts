import type { GitResult } from "./git.ts";

/**
 * What a push came to for one of its refs, as far as its output tells:
 * 1. accepted: the ref is what we asked for;
 * 2. stale: the ref had moved or was being moved, an ordinary lost race;
 * 3. refused: a rule of the remote says no, and would say no again;
 * 4. denied: the remote is there and does not let us in, or has no such repository;
 * 5. unreachable: there was no connection, or the remote is out of order and took nothing; a later push may do;
 * 6. unknown: anything else. It may have landed; only the remote's refs can tell.
 */
export type PushOutcome =
  | { readonly kind: "accepted" | "stale" }
  | { readonly kind: "refused" | "denied" | "unreachable" | "unknown"; readonly reason: string };

/** Somebody else's push came first or is in progress, or it was another ref that was refused: the next push may do. */
const RACE = new RegExp(
  `^(?:${[
    "fetch first|non-fast.forward|stale info|needs force|remote ref updated since checkout",
    "failed to (?:update refs?|lock|write|delete)\\b.*|cannot lock ref.*",
    "incorrect old value provided|reference (?:already exists|does not exist)|TF401028: .*",
    "atomic (?:push|transaction) fail.*|transaction failed to start",
  ].join("|")})$`,
);

/** The remote did not take the objects, so it touched no ref. */
const NOT_STORED = new RegExp(
  `unpacker error|^(?:${[
    "failed|bad pack|bad ref|shallow error|error processing packfiles.*|unable to migrate objects.*",
    "missing (?:necessary|required) objects.*|missing object\\(s\\)|object .* missing",
  ].join("|")})$`,
);

/** The remote broke down, and not necessarily before it moved the ref. */
const BROKEN =
  /^(?:internal (?:server )?error.*|failure|unknown failure|server bug.*|fail(?:ed)? to run proc-receive.*|proc-receive failed.*)$/i;

/** What git itself says of a ref or an object that no later push will get through. */
const FORBIDS =
  /exists; cannot create|permission denied|insufficient permission|read-only file system|exceeds maximum|too large|error in (?:packed )?object|aborted by .*hook/i;

/** There is no room for a ref where there was room for its objects. */
const NO_ROOM = /no space left|quota exceeded|couldn't write/i;

/** A hook, or the program before git, that could not find out whether it is against us. */
const OUTAGE =
  /internal (?:server|api)|\b50[0234] |API is not accessible|communication breakdown|temporarily|rate limit|abuse detection/i;

/** What `reason` and `words` come to, by the first row that fits; what fits none is a rule of the remote. */
const REJECTIONS: readonly {
  readonly reason: RegExp;
  readonly words?: RegExp;
  readonly kind: PushOutcome["kind"];
}[] = [
  { reason: BROKEN, kind: "unknown" },
  { reason: RACE, words: FORBIDS, kind: "refused" },
  { reason: RACE, words: NO_ROOM, kind: "unreachable" },
  { reason: RACE, kind: "stale" },
  // It was our git that stopped, over an object that the replica has lost.
  { reason: NOT_STORED, words: /eof before pack header/, kind: "unknown" },
  { reason: NOT_STORED, words: FORBIDS, kind: "refused" },
  { reason: NOT_STORED, kind: "unreachable" },
  { reason: /hook declined$/, words: OUTAGE, kind: "unreachable" },
];

/**
 * Reads the porcelain output of a push for one of its refs. That ref's own line decides, whatever the exit code and
 * the other lines; git's and the server's prose is read only where the line leaves it open.
 */
export function readPushOutcome(result: GitResult, ref: string): PushOutcome {
  const line = result.stdout.split("\n").find((candidate) => candidate.split("\t")[1]?.endsWith(`:${ref}`));
  if (result.timedOut) return readFailure(result);
  if (line === undefined) return readSilence(result);
  const [flag = "", , summary = ""] = line.split("\t");
  if (flag === "!") return readRejection(summary, ref, result.stderr);
  // It was there when the push began: either ours had landed unnoticed, or it is gone again since.
  if (flag === "=") return { kind: "unknown", reason: "already there" };
  return /^[ +*-]$/.test(flag) ? { kind: "accepted" } : { kind: "unknown", reason: summary };
}

function readRejection(summary: string, ref: string, stderr: string): PushOutcome {
  const [, where, why = ""] = /^\[((?:remote )?rejected)\](?: \((.*)\))?$/.exec(summary) ?? [];
  const reason = [why || summary, ...said(stderr)].join(" | ").slice(0, 500);
  if (where === undefined || why === "") return { kind: "unknown", reason };
  // What our own git rejects was never sent, so nothing the remote says is about it.
  const words = where === "rejected" ? [] : /hook declined$/.test(why) ? said(stderr) : errorsOn(ref, stderr);
  const text = withoutNames([why, ...words].join("\n"));
  const row = REJECTIONS.find((each) => each.reason.test(why) && (each.words?.test(text) ?? true));
  const kind = row?.kind ?? "refused";
  return kind === "stale" || kind === "accepted" ? { kind } : { kind, reason };
}

/** No line for the ref, so git stopped somewhere before it could print one. */
function readSilence(result: GitResult): PushOutcome {
  if (/^error: RPC failed; HTTP 413\b/m.test(result.stderr))
    return { kind: "refused", reason: "the push is too large for the server" };
  return readFailure(result);
}

/** Git got no further than asking for the refs, or was turned away with what it sent. */
const NOTHING_TAKEN =
  /unable to access 'https?:|Could not read from remote repository|hung up upon initial contact|unable to update url base|Cannot access URL|remote error: |Authentication failed|could not read (?:Username|Password)|repository '.*' not found|RPC failed; HTTP 40[134]\b/;

const NOT_FOUND =
  /(?:repository|project) .*(?:not found|does not exist|not be found)|does not appear to be a git repository/i;

const NO_ENTRY =
  /Authentication failed|could not read (?:Username|Password)|returned error: 4(?!07|08|25|29)\d\d|denied|not allowed|no rights|read[- ]only|(?:account|repository).* (?:suspended|blocked|disabled)|SAML SSO|dubious ownership/i;

/**
 * Why git never got as far as a ref: it may not come in, there is no such repository, nobody answered, or anything
 * else, which leaves open what the remote did. A connection that is refused after the push was sent is of the last
 * kind: curl sends again by itself what was lost.
 */
export function readFailure({
  stderr,
  code,
  timedOut,
}: GitResult): PushOutcome & { kind: "denied" | "unreachable" | "unknown" } {
  if (timedOut) return { kind: "unknown", reason: "no answer in time" };
  // What hooks of the server print is not git's word.
  const own = linesOf(stderr).filter((line) => line !== "" && !line.startsWith("remote:"));
  const text = own.join("\n");
  const reason =
    causeIn(own) ?? (text.includes("Everything up-to-date") ? "already there" : `git ended with ${code}`);
  if (!NOTHING_TAKEN.test(text)) return { kind: "unknown", reason };
  const told = [reason, ...said(stderr)].join(" | ").slice(0, 500);
  if (!text.includes("RPC failed") && OUTAGE.test(withoutNames(told)))
    return { kind: "unreachable", reason: told };
  if (NOT_FOUND.test(text)) return { kind: "denied", reason: "there is no such repository" };
  if (NO_ENTRY.test(withoutNames(text)))
    return { kind: "denied", reason: `access was denied | ${told}`.slice(0, 500) };
  return { kind: "unreachable", reason: told };
}

/** The first that went wrong; where git says only that it could not read, what ssh or the server said before. */
function causeIn(own: readonly string[]): string | undefined {
  const isCause = /^(?:fatal|error): (?!Could not read from remote|failed to push some refs)/i;
  const end = own.findIndex((line) => line.startsWith("fatal: Could not read from remote"));
  return (own.find((line) => isCause.test(line)) ?? own[end - 1] ?? own[end])?.slice(0, 300);
}

/** What git says at the other end of this ref, or of none in particular; never what it says of another one. */
function errorsOn(ref: string, stderr: string): string[] {
  const errors = linesOf(stderr).filter((line) => /^(?:remote: )?(?:error|fatal): /.test(line));
  const named = errors.filter((line) => line.includes(`'${ref}'`));
  return named.length > 0 ? named : errors.filter((line) => !line.includes("'refs/"));
}

/** What the server says beside its answer, without its progress and ornaments. */
function said(stderr: string): string[] {
  return linesOf(stderr)
    .flatMap((line) => /^(?:remote:|error: (?:remote )?unpack failed:)(.*)$/.exec(line)?.[1]?.trim() ?? [])
    .filter(
      (line) => /[\p{L}\p{N}]/u.test(line) && !/^(?:Resolving deltas|Checking connectivity):/.test(line),
    );
}

/** A hub may be called "read-only", and that is not the server's word. */
function withoutNames(text: string): string {
  return text.replaceAll(/(?<!\w)'[^'\n]*'/g, "''");
}

function linesOf(text: string): string[] {
  return text.split("\n").map((line) => line.trim());
}
