import { change, putRecord } from "../../decision.ts";
import { claimPath } from "../../hub/layout.ts";
import { defineOperation } from "../../operation.ts";
import * as z from "../../values/z.ts";
import { Claim } from "../claim.ts";
import { findOwn, Which } from "../find-own.ts";
import { leaseUntil, overlappingClaims, scopeOf } from "../overlap.ts";
import { alreadyClaimed } from "../refusals.ts";
import { describe, Lease, USUAL_LEASE } from "./claim.ts";

/** A new lease, from now on, for whoever holds a claim. One that has lapsed can be renewed while nobody took it. */
export const renew = defineOperation({
  kind: "renew",
  by: "registered",
  reads: ["claims"],
  input: z.extend(Which, { for: z.prefault(Lease, USUAL_LEASE) }),
  decide({ claims }, input, by) {
    const found = findOwn(claims, input, by);
    if ("kind" in found) return found;
    const [first, ...others] = overlappingClaims(claims, scopeOf(found.claim), by).held;
    if (first) return alreadyClaimed([first, ...others]);
    const claim: Claim = { ...found.claim, renewed_at: by.at, until: leaseUntil(by.at, input.for) };
    return change(describe("renew", claim), [putRecord(claimPath(claim.key), Claim, claim)], { claim });
  },
});
