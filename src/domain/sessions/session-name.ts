import type { SessionId } from "../values/ids.ts";
import { isSessionId } from "../values/session-id.ts";

const NUMBERED = /^session-(\d{1,6})(?:-|$)/;

/** A new name `session-<n>-<specialty>`, where `n` is one more than the highest number in use. */
export function nextSessionName(taken: Iterable<string>, specialty: string): SessionId {
  const numbers = [...taken].map((id) => Number(NUMBERED.exec(id)?.[1] ?? 0));
  const next = numbers.reduce((highest, each) => Math.max(highest, each), 0) + 1;
  const named = `session-${next}-${toIdPart(specialty)}`;
  return (isSessionId(named) ? named : `session-${next}`) as SessionId;
}

/** A text as the last part of an id: lower case, hyphens between words, at most 24 characters. */
function toIdPart(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 24)
    .replaceAll(/^-+|(?<!-)-+$/g, "");
}
