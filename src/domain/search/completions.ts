import type { Collaboration } from "../requests/collaboration.ts";
import { groupBy } from "../values/group-by.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { secondsBetween } from "../values/time.ts";
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
