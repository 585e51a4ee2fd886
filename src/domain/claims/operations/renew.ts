import { change, putRecord } from "../../decision.ts";
import { claimPath } from "../../hub/layout.ts";
import { defineOperation } from "../../operation.ts";
import * as z from "../../values/z.ts";
import { Claim } from "../claim.ts";
import { ClaimReference, findOwnClaim } from "../find-own.ts";
import { leaseUntil, overlappingClaims, scopeOf } from "../overlap.ts";
import { alreadyClaimed } from "../refusals.ts";
import { DEFAULT_LEASE, describe, Lease } from "./claim.ts";

/** Restarts the lease of a claim for its holder. A lapsed claim can be renewed if no other session has taken it. */
export const renew = defineOperation({
  kind: "renew",
  by: "registered",
  reads: ["claims"],
  input: z.extend(ClaimReference, { for: z.prefault(Lease, DEFAULT_LEASE) }),
  decide({ claims }, input, by) {
    const found = findOwnClaim(claims, input, by);
    if ("kind" in found) return found;
    const [first, ...others] = overlappingClaims(claims, scopeOf(found.claim), by).held;
    if (first) return alreadyClaimed([first, ...others]);
    const claim: Claim = { ...found.claim, renewed_at: by.at, until: leaseUntil(by.at, input.for) };
    return change(describe("renew", claim), [putRecord(claimPath(claim.key), Claim, claim)], { claim });
  },
});
