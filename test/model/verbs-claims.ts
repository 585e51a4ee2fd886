import fc from "fast-check";
import type { Verb } from "./act.ts";
import { anyone, maybe, mostlyRight, nth } from "./draw.ts";
import type { Model, ModelClaim, Who } from "./model.ts";

/** Keys, and patterns with those among them that mean a common path. */
const OVERLAPS: Readonly<Record<string, readonly string[]>> = {
  "issue-1": ["issue-1"],
  "issue-2": ["issue-2"],
  "src/**": ["src/**", "src/api", "**/*.md", "src/*.ts"],
  "src/api": ["src/api", "src/**", "**/*.md"],
  "src/*.ts": ["src/*.ts", "src/**"],
  "docs/*": ["docs/*", "**/*.md"],
  "**/*.md": ["**/*.md", "docs/*", "src/**", "src/api"],
};
const isKey = (target: string) => target.startsWith("issue-");

const target = fc.constantFrom(...Object.keys(OVERLAPS));
const project = fc.constantFrom("app", "app", "web");
const seconds = fc.constantFrom(60, 3600, 604_800);
const USUAL = 7200;

function overlap(one: Pick<ModelClaim, "targets" | "project">, other: ModelClaim): boolean {
  return one.targets.some((mine) =>
    other.targets.some(
      (theirs) => OVERLAPS[mine]?.includes(theirs) && (isKey(mine) || one.project === other.project),
    ),
  );
}

function holds({ until }: ModelClaim, now: number): boolean {
  return until > now;
}

/** All of it or nothing; what has lapsed is taken over, and what one holds is renewed and added to, never shortened. */
const claim: Verb<{ who: Who; targets: string[]; project: string; lasts: number | undefined }> = {
  kind: "claim",
  args: fc.record({
    who: anyone,
    targets: fc.uniqueArray(target, { minLength: 1, maxLength: 3 }),
    project,
    lasts: maybe(seconds),
  }),
  wish: (_, { who, targets, project, lasts }) => ({
    session: who,
    input: { patterns: targets, project, ...(lasts === undefined ? {} : { for: `${lasts}s` }) },
  }),
  judge(model, { who, targets, project: named, lasts = USUAL }) {
    const project = targets.every(isKey) ? undefined : named;
    const rivals = model.claims.filter((each) => overlap({ targets, project }, each));
    if (rivals.some((each) => holds(each, model.now) && each.who !== who)) return "claimed";
    const until = model.now + lasts;
    return (result, id) => {
      model.claims = model.claims.filter((each) => !rivals.includes(each) || holds(each, model.now));
      const own = byKey(model).find((each) => isSame(each, { who, targets, project }));
      if (own) return Object.assign(own, joined(own, { targets, project, until }));
      const { key } = (result as { claim: { key: string } }).claim;
      return model.claims.push({ id, key, targets, project, who, since: model.now, until });
    };
  },
};

type Wanted = Pick<ModelClaim, "who" | "targets" | "project">;

/** A claim is about files of one project. */
function isSame(own: ModelClaim, { who, targets, project }: Wanted): boolean {
  const isOne = own.project === undefined || project === undefined || own.project === project;
  return own.who === who && isOne && own.targets.some((target) => targets.includes(target));
}

function joined(own: ModelClaim, { targets, project, until }: Omit<Wanted, "who"> & { until: number }) {
  return {
    targets: [...new Set([...own.targets, ...targets])],
    project: own.project ?? project,
    until: Math.max(own.until, until),
  };
}

/** Where several are meant, it is the first by its name. */
function byKey({ claims }: Model): ModelClaim[] {
  return [...claims].sort((a, b) => (a.key < b.key ? -1 : 1));
}

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

/** Who wishes what, where it was drawn by one of the claims there are. */
function named(model: Model, { who, target, project, id }: Which) {
  const claim = typeof target === "number" ? model.claims[target] : undefined;
  return {
    who: who === "right" ? (claim?.who ?? "session-1") : who,
    target: typeof target === "number" ? (claim?.targets[0] ?? "issue-1") : target,
    project,
    id: id === undefined ? undefined : model.claims[id]?.id,
  };
}

function wishOf(model: Model, which: Which) {
  const { who: session, target: claim, project, id } = named(model, which);
  return { session, input: { claim, project, ...(id === undefined ? {} : { claim_id: id }) } };
}

/** The claim that a session means, held by it or lapsed; else why it is not its own. */
function findOwn(model: Model, which: Which): ModelClaim | string {
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
  wish(model, { lasts, ...which }) {
    const { session, input } = wishOf(model, which);
    return { session, input: { ...input, ...(lasts === undefined ? {} : { for: `${lasts}s` }) } };
  },
  judge(model, { lasts = USUAL, ...which }) {
    const own = findOwn(model, which);
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
  wish: wishOf,
  judge(model, which) {
    const own = findOwn(model, which);
    if (typeof own === "string") return own;
    return () => {
      model.claims = model.claims.filter((each) => each !== own);
    };
  },
};

export const CLAIM_VERBS = [claim, renew, release] as unknown as readonly Verb<unknown>[];
