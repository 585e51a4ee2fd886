import type { Message } from "../messages/message.ts";
import type { Collaboration } from "../requests/collaboration.ts";
import type { Profile } from "../sessions/session.ts";
import type { Snapshot } from "../snapshot.ts";
import { BOT } from "../values/session-id.ts";

/** The imported records that name sessions. */
interface ImportedRecords {
  readonly profiles: readonly Profile[];
  readonly messages: readonly Message[];
  readonly collaborations: readonly Collaboration[];
}

/**
 * Adds `seed_unregistered` to imported records that name unregistered sessions. The old tools accepted messages from
 * and to any name, and `hive validate` must not expect profiles for these names.
 */
export function markUnregistered<Added extends ImportedRecords>(
  { sessions, retired }: Pick<Snapshot, "sessions" | "retired">,
  added: Added,
): Added {
  const own = [...sessions.keys(), ...Object.keys(retired.sessions), ...added.profiles.map(({ id }) => id)];
  const known = new Set<string>([BOT, "all", ...own]);
  const note = <Value extends object>(value: Value, ids: readonly string[]): Value => {
    const unregistered = [...new Set(ids)].filter((id) => !known.has(id));
    return unregistered.length === 0 ? value : { ...value, seed_unregistered: unregistered.join(", ") };
  };
  return {
    ...added,
    messages: added.messages.map((message) => note(message, [message.from, message.to])),
    collaborations: added.collaborations.map((each) =>
      note(
        each,
        [each.from_session, each.to_session].filter((id) => id !== null),
      ),
    ),
  };
}
