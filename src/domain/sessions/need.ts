import type { Settings } from "../hub/settings.ts";
import type { Instant } from "../values/instant.ts";
import { secondsBetween } from "../values/time.ts";
import { OFFLINE, presenceOf } from "./presence.ts";
import type { Heartbeat, Need, Profile } from "./session.ts";

/** For how long the same question is not written again, in seconds. */
const SAME_SECONDS = 3600;

/** The profile without a question to its human. */
export function withoutNeed({ needs: _, ...kept }: Profile): Profile {
  return kept;
}

/** What a session asks its human; undefined where that is nothing, or where its tool asked and it is offline by now. */
export function openNeed(
  { needs }: Profile,
  heartbeat: Heartbeat | undefined,
  settings: Settings,
  now: Instant,
): Need | undefined {
  const isGone = needs?.by_tool === true && presenceOf(heartbeat, now, settings) === OFFLINE;
  return isGone ? undefined : needs;
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
