import { isOpen } from "../requests/moves.ts";
import type { Dashboard } from "./dashboard.ts";

/** What the shortest form of the dashboard says: how many sessions are alive, and how many requests are open. */
export function headline({ sessions, requests }: Dashboard): string {
  const alive = sessions.filter(({ presence }) => presence === "alive").length;
  return `${alive} alive, ${requests.filter(isOpen).length} open`;
}

/** How many questions and requests only a person can move on. */
export function waitingForPerson({ unanswered }: Dashboard): number {
  return unanswered.filter(({ stuck }) => stuck !== null).length;
}
