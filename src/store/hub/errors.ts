import { CLOCK_AHEAD } from "../../domain/clock-ahead.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { quoteForShell } from "../../domain/values/shell-quote.ts";
import { formatAge, secondsBetween } from "../../domain/values/time.ts";
import { makeVisible } from "../../domain/values/visible.ts";
import { ANOTHER_HUB, HiveError, whatMends } from "../../errors.ts";
import { refInTheWay } from "../git/damage.ts";
import { AMBIGUOUS_REF } from "../git/push-answer.ts";
import { BRANCH } from "../git/ref-names.ts";
import { type HubAddress, redact, showAddress } from "./address.ts";

/** The remote's message for display: secrets are hidden and control characters are visible. */
function showReason(reason: string): string {
  return makeVisible(redact(reason));
}

/** The code of `notAHub`. */
export const NOT_A_HUB = "not_a_hub";

/** The repository exists but is not a hub. */
export function notAHub(address: HubAddress): HiveError {
  const name = showAddress(address);
  return new HiveError(NOT_A_HUB, `${name} is not a hub yet.`, `Make it a hub: hive init --remote ${name}`);
}

/** The hub at an address was made anew. */
export function anotherHub(address: HubAddress): HiveError {
  const name = showAddress(address);
  return new HiveError(
    ANOTHER_HUB,
    `${name} is another hub than before: it was made anew. Nothing of this host was sent to it.`,
    `To use the new one: hive join ${name}. What waits for the former one: hive outbox`,
  );
}

/** Nothing was asked, and this host has nothing of the hub. */
export function neverFetched(address: HubAddress): HiveError {
  return new HiveError(
    "never_fetched",
    `This host has never fetched ${showAddress(address)}.`,
    "Repeat the command without --offline.",
  );
}

/** The hub exists and denies access. */
export function denied(address: HubAddress, reason: string): HiveError {
  return new HiveError(
    "access_denied",
    `${showAddress(address)}: ${showReason(reason)}.`,
    "Check the address and your permissions: git ls-remote <url>",
  );
}

const HUB_DAMAGE =
  /\bbad (?:tree )?object\b|missing (?:(?:necessary|required) objects|(?:blob|tree|commit) object)|does not point to a valid object|Could not read [0-9a-f]{40}|object \S{1,200} (?:is empty|\(stored in \S{1,1000}\) is corrupt)|unable to read [0-9a-f]{40}/;

/** The hub did not answer, or its own git failed, so what was sent may or may not have landed. */
export function unreachable(address: HubAddress, reason: string): HiveError {
  if (HUB_DAMAGE.test(reason)) return hubDamaged(address, reason);
  if (OTHER_OBJECT_FORMAT.test(reason)) return otherObjectFormat(address);
  const [, ref] = AMBIGUOUS_REF.exec(reason) ?? [];
  if (ref !== undefined) return ambiguousRef(address, ref);
  return new HiveError(
    "unreachable",
    `${showAddress(address)} could not be reached: ${showReason(reason)}.`,
    "Try again when the hub is back. Reading still works.",
  );
}

/** What git prints when the ids of objects on both sides have different lengths. */
const OTHER_OBJECT_FORMAT = /does not support this repository's hash algorithm|mismatched algorithms/;

/** A replica has the usual ids of objects, SHA-1. Git fetches and pushes only between repositories with the same. */
function otherObjectFormat(address: HubAddress): HiveError {
  return new HiveError(
    "object_format",
    `${showAddress(address)} names its objects by SHA-256. Behind a URL, a hub must name them by SHA-1.`,
    "Make another one: git init --bare --object-format=sha1. If it is on this disk, give its path and not a URL.",
  );
}

/** The branch of the hub points to something else than a commit, so that nobody can read it. */
export function tipNotACommit(address: HubAddress, type: string): HiveError {
  return hubDamaged(address, `${BRANCH} points to a ${type} and not to a commit`);
}

/** The hub has a ref such as the tag `refs/heads/main`, which git takes for the branch. */
function ambiguousRef(address: HubAddress, ref: string): HiveError {
  const name = quoteForShell(showAddress(address));
  return new HiveError(
    "ambiguous_ref",
    `${showAddress(address)} has another ref that git takes for ${ref}.`,
    `Find it: git ls-remote ${name} "*/${ref}". Delete it: git push ${name} --delete <its whole name>`,
  );
}

/** The code of the error that says that the repository of the hub is damaged. */
export const HUB_DAMAGED = "hub_damaged";

/** The hub's repository lacks objects or refs, so its own git fails. Only its owner can repair that. */
export function hubDamaged(address: HubAddress, reason: string): HiveError {
  if (address.kind === "path")
    return new HiveError(
      HUB_DAMAGED,
      `The repository of the hub ${address.path} is damaged: ${showReason(reason)}.`,
      `To see all that is missing: git -C ${quoteForShell(address.path)} fsck. Restore it from a copy or a clone.`,
    );
  const outbox = /refs\/hive\/outbox\/[\w.-]+/.exec(reason)?.[0];
  return new HiveError(
    HUB_DAMAGED,
    `The repository of ${showAddress(address)} is damaged: ${showReason(reason)}.`,
    outbox === undefined
      ? "On its server, git fsck names what is missing: restore it, or delete the ref that needs it."
      : `On its server: git update-ref -d ${outbox}. No operation is lost with it.`,
  );
}

/**
 * A rule on the hub's side refused the push: a hook, a protected branch, missing permissions. A retry changes
 * nothing.
 */
export function refusedPush(address: HubAddress, reason: string): HiveError {
  const ref = refInTheWay(reason);
  return new HiveError(
    "push_refused",
    `${showAddress(address)} refused the push: ${showReason(reason)}.`,
    ref === undefined
      ? "Change the rule, or ask the hub's owner to change it, then run: hive sync. Or give the operation up: hive outbox drop <op>"
      : `Delete the ref that is in the way: git push ${quoteForShell(showAddress(address))} --delete ${quoteForShell(ref)}`,
  );
}

/** An operation is dated far after the time at the hub. `isNew` is false for one that was queued before. */
export function clockAhead(at: Instant, hubTime: Instant, isNew: boolean): HiveError {
  // To the minute, because the answer took a moment: a day is not 23 h.
  const by = formatAge(Math.round(secondsBetween(hubTime, at) / 60) * 60);
  return isNew
    ? new HiveError(
        CLOCK_AHEAD,
        `This host's clock is ${by} ahead of the hub: here it is ${at}, at the hub ${hubTime}.`,
        "Nothing was written. Compare with the real time: date -u. Set the clock, then repeat the command. If it is right, the hub's clock is wrong: tell the hub's owner.",
      )
    : new HiveError(
        CLOCK_AHEAD,
        `A clock ${by} ahead of the hub made the operation: it is dated ${at}, and at the hub it was ${hubTime}.`,
        "It lands with a write or hive sync after its date. To give it up: hive outbox drop <op>",
      );
}

/** The hub's branch kept moving, or this host was busy, until the caller's time was over. */
export function contended(address: HubAddress, seconds: number): HiveError {
  return new HiveError(
    "contended",
    `The operation did not land on ${showAddress(address)} within ${seconds} s.`,
    "It is queued, and the next command sends it. To wait longer: --timeout <time>",
  );
}

/** Git cannot work in this host's replica of the hub. */
export function damaged(directory: string): HiveError {
  return new HiveError(
    "replica_unreadable",
    `git could not work in ${directory}.`,
    "Repair it: hive doctor --fix",
  );
}

/** This host's operating system reported an error after the operation was stored. */
export function hostTrouble(cause: Error): HiveError {
  return new HiveError("host_trouble", `${cause.message}.`, whatMends(cause), { cause });
}

/** A stored operation comes from a newer version. */
export function unknownKind(kind: string): HiveError {
  return new HiveError(
    "unknown_kind",
    `This version of git-hive does not know the operation ${JSON.stringify(kind)}.`,
    "Update git-hive: npm install --global git-hive@latest",
  );
}

/** The operation was dropped from the outbox while a process waited for it. */
export function dropped(op: string): HiveError {
  return new HiveError(
    "dropped",
    `${op} was dropped from the outbox.`,
    "Nothing was written. To see what still waits: hive outbox",
  );
}
