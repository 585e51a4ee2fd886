import type { Instant } from "../values/instant.ts";
import { secondsBetween } from "../values/time.ts";
import type { Need, Profile } from "./session.ts";

/** For how long the same question is not written again, in seconds. */
const SAME_SECONDS = 3600;

/** The profile without a question to its human. */
export function withoutNeed({ needs: _, ...kept }: Profile): Profile {
  return kept;
}

/** Whether a session asked the same lately. */
export function asksAlready(
  known: Need | undefined,
  { question, options, by_tool }: Pick<Need, "question" | "options" | "by_tool">,
  at: Instant,
): boolean {
  if (known === undefined || Math.abs(secondsBetween(known.since, at)) >= SAME_SECONDS) return false;
  const textOf = (need: typeof known | { question: string; options?: unknown; by_tool?: unknown }) =>
    JSON.stringify([need.question, need.options, need.by_tool]);
  return textOf(known) === textOf({ question, options, by_tool });
}
