import { bad, type Check, type Complaint, note, ok } from "./check.ts";

/**
 * The session of this checkout and how it was found, or why none was found. `code` tells an invalid session from a
 * missing one.
 */
export type IdentityFacts =
  | { readonly session: string; readonly source: string }
  | (Complaint & { readonly code: string });

/**
 * Judges the identity. A missing session is not an error, because reading needs none. `isRegistered` is undefined if
 * the hub could not be read. A retired session returns: it cannot register anew.
 */
export function judgeIdentity(
  facts: IdentityFacts,
  isRegistered: boolean | undefined,
  isRetired = false,
): Check {
  if ("code" in facts)
    return (facts.code === "bad_session" ? bad : note)("identity", facts.message, facts.hint);
  const { session, source } = facts;
  const subject = `${session} acts here (${source})`;
  if (isRegistered === undefined)
    return note(
      "identity",
      `${subject}; whether it is registered is unknown, because the hub could not be read.`,
    );
  if (!isRegistered && isRetired)
    return note("identity", `${subject}, and it was retired.`, `hive register ${session} --return`);
  return isRegistered
    ? ok("identity", `${subject} and is registered.`)
    : note("identity", `${subject} and is not registered in the hub.`, `hive register ${session}`);
}
