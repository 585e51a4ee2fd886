import type { Settings } from "../../domain/hub/settings.ts";
import type { Tracker } from "./tracker.ts";

/** The GitHub users and teams to notify of an urgent issue. Only names from the hub's settings. */
export interface Recipients {
  readonly mentions: readonly string[];
  readonly assignees: readonly string[];
  /** Teams in the settings that this token cannot notify. */
  readonly unreachable: readonly string[];
}

export const NO_RECIPIENTS: Recipients = { mentions: [], assignees: [], unreachable: [] };

/**
 * Asks GitHub which users and teams of the settings can be notified, and how. Needed because GitHub rejects an issue
 * with one invalid assignee.
 */
export async function findRecipients(
  tracker: Tracker,
  { users, teams, assign }: Settings["notify"]["urgent"],
): Promise<Recipients> {
  const assignees = assign ? await filterByAnswer(users, (user) => tracker.canAssign(user)) : [];
  const reachable = tracker.maySeeTeams
    ? await filterByAnswer(teams, (team) => tracker.canSeeTeam(team))
    : [];
  return {
    mentions: [...users, ...reachable],
    assignees,
    unreachable: teams.filter((team) => !reachable.includes(team)),
  };
}

async function filterByAnswer(
  names: readonly string[],
  ask: (name: string) => Promise<boolean>,
): Promise<string[]> {
  const found: string[] = [];
  for (const name of names) if (await ask(name)) found.push(name);
  return found;
}
