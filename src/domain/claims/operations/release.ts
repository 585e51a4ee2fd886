import { change } from "../../decision.ts";
import { claimPath } from "../../hub/layout.ts";
import { defineOperation } from "../../operation.ts";
import { firstLine } from "../../values/visible.ts";
import { findOwn, Which } from "../find-own.ts";

/** Frees all that one claim is about, by whoever holds it. */
export const release = defineOperation({
  kind: "release",
  by: "registered",
  reads: ["claims"],
  input: Which,
  decide({ claims }, input, by) {
    const found = findOwn(claims, input, by);
    if ("kind" in found) return found;
    const { claim } = found;
    const subject = `release ${firstLine(claim.patterns.join(", "), 80)}: ${by.session}`;
    return change(subject, [{ path: claimPath(claim.key), text: undefined }], { claim });
  },
});
