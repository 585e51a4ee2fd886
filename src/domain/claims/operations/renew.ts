import { change, putRecord } from "../../decision.ts";
import { claimPath } from "../../hub/layout.ts";
import { defineOperation } from "../../operation.ts";
import * as z from "../../values/z.ts";
import { Claim } from "../claim.ts";
import { ClaimReference, findOwnClaim } from "../find-own.ts";
import { overlappingClaims, scopeOf } from "../overlap.ts";
import { alreadyClaimed } from "../refusals.ts";
import { describe, LEASE_FIELDS, leaseEnd } from "./claim.ts";

/** Restarts the lease of a claim for its holder. A lapsed claim can be renewed if no other session has taken it. */
export const renew = defineOperation({
  kind: "renew",
  by: "registered",
  reads: ["claims"],
  input: z.extend(ClaimReference, LEASE_FIELDS),
  decide({ claims }, input, by) {
    const found = findOwnClaim(claims, input, by, "renew");
    if ("kind" in found) return found;
    const end = leaseEnd(input, by);
    if ("kind" in end) return end;
    const [first, ...others] = overlappingClaims(claims, scopeOf(found.claim), by).held;
    if (first) return alreadyClaimed([first, ...others]);
    const claim: Claim = { ...found.claim, renewed_at: by.at, until: end.until };
    return change(describe("renew", claim), [putRecord(claimPath(claim.key), Claim, claim)], { claim });
  },
});
