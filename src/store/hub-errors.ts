import { makeVisible } from "../domain/visible.ts";
import { HiveError } from "../hive-error.ts";
import { type HubAddress, redact, showAddress } from "./hub-address.ts";

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
    "Nothing was written. Check the address and your access: git ls-remote <url>",
  );
}

/** The hub was never reached, so nothing can have been written. */
export function unreachable(address: HubAddress, reason: string): HiveError {
  return new HiveError(
    "unreachable",
    `${showAddress(address)} could not be reached: ${said(reason)}.`,
    "Nothing was written. Try again when it is back; reading works meanwhile.",
  );
}

/** A rule of the hub's side says no: a hook, a protected branch, missing rights. Trying again changes nothing. */
export function refusedPush(address: HubAddress, reason: string): HiveError {
  return new HiveError(
    "push_refused",
    `${showAddress(address)} refused the push: ${said(reason)}.`,
    "Nothing was written. Let the rule admit this push, or have its owner change it.",
  );
}

/** The push was sent, its answer was lost, and the hub does not answer now. */
export function unconfirmed(address: HubAddress, reason: string, cause: unknown): HiveError {
  return new HiveError(
    "unconfirmed",
    `${showAddress(address)} did not confirm the push: ${said(reason)}.`,
    "It may have landed. When the hub is back, look before you repeat it: hive log",
    { cause },
  );
}
