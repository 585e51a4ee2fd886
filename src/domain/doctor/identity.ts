import { bad, type Check, type Complaint, note, ok } from "./check.ts";

/** Who acts, or why that is not known; `code` tells a mistake from nothing said. */
export type IdentityFacts =
  | { readonly session: string; readonly source: string }
  | (Complaint & { readonly code: string });

/** Reading takes no identity, so to have none is no fault. `isRegistered` is undefined where the hub could not be read. */
export function judgeIdentity(facts: IdentityFacts, isRegistered: boolean | undefined): Check {
  if ("code" in facts)
    return (facts.code === "bad_session" ? bad : note)("identity", facts.message, facts.hint);
  const { session, source } = facts;
  const who = `${session} acts here (${source})`;
  if (isRegistered === undefined) return note("identity", `${who}; whether the hub knows it was not seen.`);
  return isRegistered
    ? ok("identity", `${who} and is registered.`)
    : note("identity", `${who} and is not registered in the hub.`, `hive register ${session}`);
}
