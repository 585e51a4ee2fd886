import { type Heartbeat, isState, type Profile, State } from "../sessions/session.ts";
import type { Held, HubFault, HubFiles } from "./hub-files.ts";

/** The first rules that ask for it. Hubs of older versions may have any word. */
const SINCE_RULES = 1;

/** The word for a status that an imported file did not give. */
const NOT_GIVEN = "unknown";

/** Finds statuses that are no states, in profiles and heartbeats. An import keeps the words of its files. */
export function knownStates({ settings, sessions, heartbeats }: HubFiles): HubFault[] {
  if ((settings[0]?.value.rules ?? 0) < SINCE_RULES) return [];
  const imported = new Set<string>(
    sessions.filter(({ value }) => "seed_status" in value).map(({ value }) => value.id),
  );
  const faults = ({ path, value: { status } }: Held<Profile> | Held<Heartbeat>, id: string): HubFault[] =>
    isState(status) || status === NOT_GIVEN || imported.has(id)
      ? []
      : [{ path, rule: "state", message: `status is ${status}; expected ${EXPECTED}`, key: ["status"] }];
  return [
    ...sessions.flatMap((held) => faults(held, held.value.id)),
    ...heartbeats.flatMap((held) => faults(held, held.value.session_id)),
  ];
}

const EXPECTED = State.options.join(", ");
