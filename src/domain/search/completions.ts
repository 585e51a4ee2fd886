import type { Collaboration } from "../requests/collaboration.ts";
import { groupBy } from "../values/group-by.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { formatAge, secondsBetween } from "../values/time.ts";
import { readTerms } from "./terms.ts";

/** A completed request. */
export interface Completion {
  readonly capability: string | undefined;
  /** The terms of the request. */
  readonly terms: ReadonlySet<string>;
  readonly at: Instant;
  /** Seconds from acceptance to completion; undefined if the record has no acceptance. */
  readonly seconds: number | undefined;
}

/** How much a session has completed, from the records and not from its own statement. */
export interface Level {
  readonly completed: number;
  readonly median_seconds: number | null;
  readonly last: Instant | null;
}

/**
 * Most characters of a request that are read. A text names its subject at the start; the rest of a pasted log only
 * costs time.
 */
const MAX_CHARACTERS_READ = 4000;

/** The completed requests by the session that completed them. */
export function groupCompleted(requests: readonly Collaboration[]): Map<SessionId | null, Collaboration[]> {
  const completed = requests.filter(({ status }) => status === "completed");
  return groupBy(completed, ({ to_session }) => to_session);
}

export function readCompletion({ to_capability, request, history, updated_at }: Collaboration): Completion {
  const at = (wanted: string) => history.findLast(({ status }) => status === wanted)?.at;
  const [accepted, completed = updated_at] = [at("accepted"), at("completed")];
  return {
    capability: to_capability,
    terms: new Set(readTerms(`${to_capability ?? ""} ${request.slice(0, MAX_CHARACTERS_READ)}`)),
    at: completed,
    // Two different clocks may have written the instants, so the difference may be negative.
    seconds: accepted === undefined ? undefined : Math.max(0, secondsBetween(accepted, completed)),
  };
}

/** The level that some completions add up to, in any order. */
export function levelOf(done: readonly Completion[]): Level {
  const seconds = done.flatMap((each) => (each.seconds === undefined ? [] : [each.seconds]));
  const last = done.reduce((newest, { at }) => Math.max(newest, Date.parse(at)), Number.NEGATIVE_INFINITY);
  return {
    completed: done.length,
    median_seconds: median(seconds),
    last: done.find(({ at }) => Date.parse(at) === last)?.at ?? null,
  };
}

/** The median; for an even count, the rounded mean of the two middle values. Null if there are none. */
function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : Math.round((low + high) / 2);
}

/** The evidence in a session's records for giving it a task. */
export interface Observation {
  /**
   * The factor for the score, from 1 to 1.3. It reorders sessions that fit similar; it never makes an unfit session
   * fit.
   */
  readonly factor: number;
  readonly reasons: readonly string[];
}

/**
 * Least similarity of a task and a request that counts: the cosine of their sets of terms. Measured by `npm run
 * bench:match`, where each profile has completed the b tasks it is right for. Those tasks are too different from
 * each b to tell anything, so below 0.3 records change the figures only by chance. A request that reaches 0.3 is
 * almost the same task.
 */
const MIN_SIMILARITY = 0.3;

const FACTOR_PER_COMPLETION = 0.1;

const MAX_COUNTED_COMPLETIONS = 3;

/** Finds the completed requests that are similar to a task. */
export function observe(task: ReadonlySet<string>, done: readonly Completion[]): Observation {
  const similar = done.filter(({ terms }) => similarity(task, terms) >= MIN_SIMILARITY);
  const { completed, median_seconds } = levelOf(similar);
  const took = median_seconds === null ? "" : `, median ${formatAge(median_seconds)}`;
  return {
    factor: 1 + FACTOR_PER_COMPLETION * Math.min(completed, MAX_COUNTED_COMPLETIONS),
    reasons: completed === 0 ? [] : [`completed ${completed} like it${took}`],
  };
}

/** The cosine of two sets of terms, from 0 to 1. */
function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((term) => b.has(term)).length;
  return shared === 0 ? 0 : shared / Math.sqrt(a.size * b.size);
}
