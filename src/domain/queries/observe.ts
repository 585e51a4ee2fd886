import { type Completion, levelOf } from "../search/completions.ts";
import { formatAge } from "../values/time.ts";

/** What somebody's records say for giving them a task. */
export interface Observation {
  /** What a score is multiplied by, from 1 to 1.3: it reorders those who fit alike and lifts nobody who does not. */
  readonly factor: number;
  readonly reasons: readonly string[];
}

/**
 * How alike a task and a request have to be: the cosine of their sets of terms. Measured by `npm run bench:match`, where
 * each profile has completed the other tasks it is right for: those are too unlike each other to say anything, so below
 * 0.3 records move the figures up and down by chance. What reaches it is much the same task again.
 */
const LEAST_LIKENESS = 0.3;
const STEP = 0.1;
const MOST_STEPS = 3;

/** What in somebody's completed requests is like a task. */
export function observe(task: ReadonlySet<string>, done: readonly Completion[]): Observation {
  const alike = done.filter(({ said }) => likeness(task, said) >= LEAST_LIKENESS);
  const { completed, median_seconds } = levelOf(alike);
  const took = median_seconds === null ? "" : `, median ${formatAge(median_seconds)}`;
  return {
    factor: 1 + STEP * Math.min(completed, MOST_STEPS),
    reasons: completed === 0 ? [] : [`completed ${completed} like it${took}`],
  };
}

/** From 0 to 1. */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = [...one].filter((term) => other.has(term)).length;
  return shared === 0 ? 0 : shared / Math.sqrt(one.size * other.size);
}
