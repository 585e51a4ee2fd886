import fc from "fast-check";
import type { Verb } from "./act.ts";
import { maybe, mostlyRight, nth } from "./draw.ts";
import type { Model, ModelClaim, Who } from "./model.ts";
import { byKey, claim, holds, isKey, overlap, project, seconds, target, USUAL } from "./verbs-claims.ts";

interface Which {
  who: Who | "right";
  target: string | number;
  project: string | undefined;
  /** The id of one of the claims there are. */
  id: number | undefined;
}

const which = {
  ...{ who: mostlyRight, target: fc.oneof(target, nth) },
  ...{ project: fc.option(project, { nil: undefined }), id: maybe(nth) },
};

/** Who operations what, where it was drawn by one of the claims there are. */
function named(model: Model, { who, target, project, id }: Which) {
  const claim = typeof target === "number" ? model.claims[target] : undefined;
  return {
    who: who === "right" ? (claim?.who ?? "session-1") : who,
    target: typeof target === "number" ? (claim?.targets[0] ?? "issue-1") : target,
    project,
    id: id === undefined ? undefined : model.claims[id]?.id,
  };
}

function attemptOf(model: Model, which: Which) {
  const { who: session, target: claim, project, id } = named(model, which);
  return { session, input: { claim, project, ...(id === undefined ? {} : { claim_id: id }) } };
}

/** The claim that a session means, held by it or lapsed; else why it is not its own. */
function findOwnClaim(model: Model, which: Which): ModelClaim | string {
  const { who, target, project, id } = named(model, which);
  const meant = byKey(model).filter(
    ({ key, targets, project: where }) =>
      key === target ||
      (targets.includes(target) && (isKey(target) || project === undefined || project === where)),
  );
  const own = meant.find((each) => each.who === who);
  if (!own) return meant.some((each) => holds(each, model.now)) ? "not_holder" : "unknown_claim";
  return id === undefined || id === own.id ? own : "other_claim";
}

/** Starts the lease anew, also of what has lapsed, as long as nobody took any of it. */
const renew: Verb<Which & { lasts: number | undefined }> = {
  kind: "renew",
  args: fc.record({ ...which, lasts: maybe(seconds) }),
  attempt(model, { lasts, ...which }) {
    const { session, input } = attemptOf(model, which);
    return { session, input: { ...input, ...(lasts === undefined ? {} : { for: `${lasts}s` }) } };
  },
  judge(model, { lasts = USUAL, ...which }) {
    const own = findOwnClaim(model, which);
    if (typeof own === "string") return own;
    const isTaken = model.claims.some(
      (each) => each.who !== own.who && holds(each, model.now) && overlap(own, each),
    );
    return isTaken ? "claimed" : () => Object.assign(own, { until: model.now + lasts });
  },
};

const release: Verb<Which> = {
  kind: "release",
  args: fc.record(which),
  attempt: attemptOf,
  judge(model, which) {
    const own = findOwnClaim(model, which);
    if (typeof own === "string") return own;
    return () => {
      model.claims = model.claims.filter((each) => each !== own);
    };
  },
};

export const CLAIM_VERBS = [claim, renew, release] as unknown as readonly Verb<unknown>[];
