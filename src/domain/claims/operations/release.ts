import { change } from "../../decision.ts";
import { claimPath } from "../../hub/layout.ts";
import { defineOperation } from "../../operation.ts";
import { firstLine } from "../../values/visible.ts";
import { ClaimReference, findOwnClaim } from "../find-own.ts";

/** Frees all targets of one claim. Only its holder may release it. */
export const release = defineOperation({
  kind: "release",
  by: "registered",
  reads: ["claims"],
  input: ClaimReference,
  decide({ claims }, input, by) {
    const found = findOwnClaim(claims, input, by);
    if ("kind" in found) return found;
    const { claim } = found;
    const subject = `release ${firstLine(claim.patterns.join(", "), 80)}: ${by.session}`;
    return change(subject, [{ path: claimPath(claim.key), text: undefined }], { claim });
  },
});
