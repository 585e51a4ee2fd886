import type { Collaboration } from "../requests/collaboration.ts";
import { groupBy } from "../values/group-by.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { formatAge, secondsBetween } from "../values/time.ts";
import { readTerms } from "./terms.ts";

/** A request that somebody has completed. */
export interface Completion {
  readonly capability: string | undefined;
  /** The terms of what was asked. */
  readonly said: ReadonlySet<string>;
  readonly at: Instant;
  /** From accepting to completing; undefined where the record does not say when it was accepted. */
  readonly seconds: number | undefined;
}

/** How much somebody has done of something: seen in the records, not said by themselves. */
export interface Level {
  readonly completed: number;
  readonly median_seconds: number | null;
  readonly last: Instant | null;
}

/** A text says what it is about at its start; the rest of a pasted log would only cost time. */
const MOST_READ = 4000;

/** The completed requests by who completed them. */
export function groupCompleted(requests: readonly Collaboration[]): Map<SessionId | null, Collaboration[]> {
  const completed = requests.filter(({ status }) => status === "completed");
  return groupBy(completed, ({ to_session }) => to_session);
}

export function readCompletion({ to_capability, request, history, updated_at }: Collaboration): Completion {
  const at = (wanted: string) => history.findLast(({ status }) => status === wanted)?.at;
  const [accepted, completed = updated_at] = [at("accepted"), at("completed")];
  return {
    capability: to_capability,
    said: new Set(readTerms(`${to_capability ?? ""} ${request.slice(0, MOST_READ)}`)),
    at: completed,
    // Two clocks may have written them.
    seconds: accepted === undefined ? undefined : Math.max(0, secondsBetween(accepted, completed)),
  };
}

/** What completions come to, in whatever order they are. */
export function levelOf(done: readonly Completion[]): Level {
  const seconds = done.flatMap((each) => (each.seconds === undefined ? [] : [each.seconds]));
  const last = done.reduce((newest, { at }) => Math.max(newest, Date.parse(at)), Number.NEGATIVE_INFINITY);
  return {
    completed: done.length,
    median_seconds: median(seconds),
    last: done.find(({ at }) => Date.parse(at) === last)?.at ?? null,
  };
}

/** The middle one; of an even number of them, whole seconds halfway between the two in the middle. */
function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : Math.round((low + high) / 2);
}

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
