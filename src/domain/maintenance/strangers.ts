import type { Message } from "../messages/message.ts";
import type { Collaboration } from "../requests/collaboration.ts";
import type { Profile } from "../sessions/session.ts";
import type { Snapshot } from "../snapshot.ts";
import { BOT } from "../values/session-id.ts";

/** What an import brings that names sessions. */
interface Brought {
  readonly profiles: readonly Profile[];
  readonly messages: readonly Message[];
  readonly collaborations: readonly Collaboration[];
}

/**
 * The same with `seed_unregistered` on what names sessions that nobody knows: the old tools took messages from and
 * for anybody, and `hive validate` is not to look for their profiles.
 */
export function noteStrangers<Added extends Brought>(
  { sessions }: Pick<Snapshot, "sessions">,
  added: Added,
): Added {
  const known = new Set<string>([BOT, "all", ...sessions.keys(), ...added.profiles.map(({ id }) => id)]);
  const note = <Value extends object>(value: Value, ids: readonly string[]): Value => {
    const strangers = [...new Set(ids)].filter((id) => !known.has(id));
    return strangers.length === 0 ? value : { ...value, seed_unregistered: strangers.join(", ") };
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
