import { dueSessions } from "../maintenance/due-sessions.ts";
import type { Snapshot } from "../snapshot.ts";
import { count } from "../values/count.ts";
import type { Instant } from "../values/instant.ts";
import { type Check, note, ok } from "./check.ts";

/** Judges how many sessions `expire` would retire. They are gone, but every list still shows them. */
export function judgeSessions(
  state: Pick<Snapshot, "settings" | "sessions" | "heartbeats" | "collaborations" | "claims">,
  now: Instant,
): Check {
  const due = dueSessions(state, now).length;
  const all = count(state.sessions.size, "session");
  return due === 0
    ? ok("sessions", `${all}, and none is due to be retired.`)
    : note(
        "sessions",
        `${all}, and ${due} of them ${due === 1 ? "is" : "are"} due to be retired.`,
        "hive expire",
      );
}
