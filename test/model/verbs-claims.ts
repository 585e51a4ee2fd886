import fc from "fast-check";
import type { Verb } from "./act.ts";
import { anyone, maybe } from "./draw.ts";
import { idsFrom, type Model, type ModelClaim, type Who } from "./model.ts";

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
export const isKey = (target: string) => target.startsWith("issue-");

export const target = fc.constantFrom(...Object.keys(OVERLAPS));
export const project = fc.constantFrom("app", "app", "web");
export const seconds = fc.constantFrom(60, 3600, 604_800);
export const USUAL = 7200;

export function overlap(one: Pick<ModelClaim, "targets" | "project">, other: ModelClaim): boolean {
  return one.targets.some((mine) =>
    other.targets.some(
      (theirs) => OVERLAPS[mine]?.includes(theirs) && (isKey(mine) || one.project === other.project),
    ),
  );
}

export function holds({ until }: ModelClaim, now: number): boolean {
  return until > now;
}

/** All of it or nothing; what has lapsed is taken over, and what one holds is renewed and added to, never shortened. */
export const claim: Verb<{ who: Who; targets: string[]; project: string; lasts: number | undefined }> = {
  kind: "claim",
  args: fc.record({
    who: anyone,
    targets: fc.uniqueArray(target, { minLength: 1, maxLength: 3 }),
    project,
    lasts: maybe(seconds),
  }),
  attempt: (_, { who, targets, project, lasts }) => ({
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
      const lost = rivals.filter((each) => !holds(each, model.now) && each.who !== who);
      for (const [index, each] of lost.sort((a, b) => (a.key < b.key ? -1 : 1)).entries())
        model.tell({ id: idsFrom(id, index), from: who, to: each.who });
      const own = byKey(model).find((each) => isSame(each, { who, targets, project }));
      if (own) return Object.assign(own, joined(own, { targets, project, until }));
      const { key } = (result as { claim: { key: string } }).claim;
      return model.claims.push({ id, key, targets, project, who, since: model.now, until });
    };
  },
};

type WantedClaim = Pick<ModelClaim, "who" | "targets" | "project">;

/** A claim is about files of one project. */
function isSame(own: ModelClaim, { who, targets, project }: WantedClaim): boolean {
  const isOne = own.project === undefined || project === undefined || own.project === project;
  return own.who === who && isOne && own.targets.some((target) => targets.includes(target));
}

function joined(own: ModelClaim, { targets, project, until }: Omit<WantedClaim, "who"> & { until: number }) {
  return {
    targets: [...new Set([...own.targets, ...targets])],
    project: own.project ?? project,
    until: Math.max(own.until, until),
  };
}

/** Where several are meant, it is the first by its name. */
export function byKey({ claims }: Model): ModelClaim[] {
  return [...claims].sort((a, b) => (a.key < b.key ? -1 : 1));
}
