import { type FileChange, putRecord } from "../decision.ts";
import { RETIRED_PATH } from "../hub/layout.ts";
import { MAX_RETIRED_SESSIONS } from "../hub/limits.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { inOrderOf } from "../values/order.ts";
import { type Profile, Retired, type RetiredSession } from "./session.ts";

/** When a session was retired; undefined for a session that is registered or unknown. */
export function retiredSession({ sessions }: Retired, id: string): RetiredSession | undefined {
  return Object.hasOwn(sessions, id) ? sessions[id as SessionId] : undefined;
}

/** How many more sessions the file of retired sessions can name. */
export function roomForRetired({ sessions }: Retired): number {
  return Math.max(0, MAX_RETIRED_SESSIONS - Object.keys(sessions).length);
}

/** The file of retired sessions with more of them. It keeps the registration by which each can return. */
export function putRetired(retired: Retired, profiles: readonly Profile[], at: Instant): FileChange {
  const added = profiles.map(({ id, registration }) => {
    const entry = { retired_at: at, ...(registration === undefined ? {} : { registration }) };
    return [id, entry] as const;
  });
  return putSorted(retired, [...Object.entries(retired.sessions), ...added]);
}

/** The file of retired sessions without one that has returned. */
export function putReturned(retired: Retired, id: SessionId): FileChange {
  return putSorted(
    retired,
    Object.entries(retired.sessions).filter(([other]) => other !== id),
  );
}

function putSorted(retired: Retired, entries: readonly (readonly [string, RetiredSession])[]): FileChange {
  const sessions = Object.fromEntries([...entries].sort(inOrderOf(([id]) => id)));
  return putRecord(RETIRED_PATH, Retired, { ...retired, sessions });
}
