import { putRecord } from "../decision.ts";
import { RETIRED_PATH } from "../hub/layout.ts";
import { inOrderOf } from "../values/order.ts";
import { Retired } from "./session.ts";

/**
 * Merges two files of retired sessions with a common base, as texts. Undefined when one of them is invalid. A session that
 * one side retired is retired; one that either side has taken out, because it returned, is not.
 */
export function mergeRetired(base: string, ours: string, theirs: string): string | undefined {
  const [before, left, right] = [base, ours, theirs].map(parseRetired);
  if (!before || !left || !right) return undefined;
  const hasReturned = (id: string) =>
    Object.hasOwn(before.sessions, id) &&
    !(Object.hasOwn(left.sessions, id) && Object.hasOwn(right.sessions, id));
  const all = [...Object.entries(left.sessions), ...Object.entries(right.sessions)]
    // Where both sides retired a session, the first of them counts, whichever way they are merged.
    .sort(inOrderOf((entry) => JSON.stringify(entry)))
    .reverse();
  const entries = Object.entries(Object.fromEntries(all)).filter(([id]) => !hasReturned(id));
  const sessions = Object.fromEntries(entries.sort(inOrderOf(([id]) => id)));
  return putRecord(RETIRED_PATH, Retired, { ...left, ...right, sessions } as Retired).text;
}

function parseRetired(text: string): Retired | undefined {
  if (text === "") return { sessions: {} };
  try {
    return Retired.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
