import type { Settings } from "../../domain/hub/settings.ts";
import type { Tracker } from "./tracker.ts";

/** Who is told of an urgent issue: never anybody but those the hub's settings name. */
export interface Recipients {
  readonly mentions: readonly string[];
  readonly assignees: readonly string[];
  /** Teams of the settings that this token cannot reach. */
  readonly unreachable: readonly string[];
}

export const NOBODY: Recipients = { mentions: [], assignees: [], unreachable: [] };

/** Asks GitHub who of those in the settings can be reached, and how: one invalid assignee would refuse the whole issue. */
export async function findRecipients(
  tracker: Tracker,
  { users, teams, assign }: Settings["notify"]["urgent"],
): Promise<Recipients> {
  const assignees = assign ? await those(users, (user) => tracker.canAssign(user)) : [];
  const reachable = tracker.maySeeTeams ? await those(teams, (team) => tracker.canSeeTeam(team)) : [];
  return {
    mentions: [...users, ...reachable],
    assignees,
    unreachable: teams.filter((team) => !reachable.includes(team)),
  };
}

async function those(names: readonly string[], ask: (name: string) => Promise<boolean>): Promise<string[]> {
  const found: string[] = [];
  for (const name of names) if (await ask(name)) found.push(name);
  return found;
}
