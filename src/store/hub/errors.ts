import { makeVisible } from "../../domain/values/visible.ts";
import { HiveError } from "../../errors.ts";
import { type HubAddress, redact, showAddress } from "./address.ts";

/** What the remote said, fit to be shown: secrets hidden, control characters visible. */
function said(reason: string): string {
  return makeVisible(redact(reason));
}

/** There is a repository, and nobody has made it a hub. */
export function notAHub(address: HubAddress): HiveError {
  const name = showAddress(address);
  return new HiveError("not_a_hub", `${name} is not a hub yet.`, `Make it one: hive init --remote ${name}`);
}

/** The hub is there and does not let us in. */
export function denied(address: HubAddress, reason: string): HiveError {
  return new HiveError(
    "access_denied",
    `${showAddress(address)}: ${said(reason)}.`,
    "Check the address and your access: git ls-remote <url>",
  );
}

/** The hub gave no answer, so what was sent to it may or may not be there. */
export function unreachable(address: HubAddress, reason: string): HiveError {
  return new HiveError(
    "unreachable",
    `${showAddress(address)} could not be reached: ${said(reason)}.`,
    "Try again when it is back; reading works meanwhile.",
  );
}

/** A rule of the hub's side says no: a hook, a protected branch, missing rights. Trying again changes nothing. */
export function refusedPush(address: HubAddress, reason: string): HiveError {
  return new HiveError(
    "push_refused",
    `${showAddress(address)} refused the push: ${said(reason)}.`,
    "Let the rule admit this push, or have its owner change it; then: hive sync. Or give it up: hive outbox drop <op>",
  );
}

/** The hub's branch moved on, or the host was busy, for as long as the caller was ready to wait. */
export function contended(address: HubAddress, seconds: number): HiveError {
  return new HiveError(
    "contended",
    `${showAddress(address)} did not take it within ${seconds} s.`,
    "It is not lost: the next command sends it. Wait longer with --timeout <time>",
  );
}

/** Git cannot work with what this host has of the hub. */
export function damaged(directory: string): HiveError {
  return new HiveError(
    "replica_unreadable",
    `git could not work in ${directory}.`,
    "Mend it: hive doctor --fix",
  );
}

/** This host's own system said no after the operation was stored. */
export function hostTrouble(cause: Error): HiveError {
  return new HiveError(
    "host_trouble",
    `${cause.message}.`,
    "Check the disk's space and the rights of the state directory.",
    { cause },
  );
}

/** A stored operation of a newer version. */
export function unknownKind(kind: string): HiveError {
  return new HiveError(
    "unknown_kind",
    `This git-hive knows no ${JSON.stringify(kind)}.`,
    "Bring it up to date: npm install --global git-hive@latest",
  );
}

/** It was taken out of the outbox while somebody waited for it. */
export function dropped(op: string): HiveError {
  return new HiveError(
    "dropped",
    `${op} was dropped from the outbox.`,
    "Nothing was written. See: hive outbox",
  );
}
