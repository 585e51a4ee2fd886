import type { SessionId } from "../values/ids.ts";
import { isSessionId } from "../values/session-id.ts";

const NUMBERED = /^session-(\d{1,6})(?:-|$)/;

/** `session-<n>-<specialty>` with the first number after all that are taken. */
export function nextSessionName(taken: Iterable<string>, specialty: string): SessionId {
  const numbers = [...taken].map((id) => Number(NUMBERED.exec(id)?.[1] ?? 0));
  const next = numbers.reduce((most, each) => Math.max(most, each), 0) + 1;
  const named = `session-${next}-${wordOf(specialty)}`;
  return (isSessionId(named) ? named : `session-${next}`) as SessionId;
}

/** A text as the last part of an id. */
function wordOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 24)
    .replaceAll(/^-+|-+$/g, "");
}
