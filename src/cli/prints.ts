/** The fields that every write prints with --json, around its result. */
export function writes(result: string): string {
  return `op, commit?, landed, result? {${result}}`;
}

/** The fields of one request, as in its file. */
export const REQUEST_FIELDS =
  "request_id, from_session, to_session?, to_capability?, request, urgency, status, created_at, updated_at, deadline?, message_id?, evidence?, handoff?, history[] {status, session, at, note?, declined?, taken_from?, returned_from?, handoff?}";

/** One request, as in its file. */
export const RECORD = `{${REQUEST_FIELDS}}`;

/** The fields of one message, as in its file. */
export const MESSAGE =
  "{id, from, to, priority, sent_at, subject?, request_id?, intent?, reply_to?, thread?, answers?, comment?, person?, body}";

/** A question of a session to its human, as in its profile. */
export const NEED = "{id, question, options?[], since, by_tool?}";

/** A new request, its message, and the sessions that offer the skill. */
export const ASKED = writes(`collaboration ${RECORD}, message ${MESSAGE}, offered_by[]`);

/** The fields of a handover, without the goal. */
export const BUNDLE =
  "{request?, open?, done?[], in_progress?[], tried?[], decisions?[], files?[], branch?, commit?, next?}";

/** The fields of an offered skill. */
export const OFFER = "{skill, note?, since, until?}";

/** The fields of a session's profile, as in its file. */
export const PROFILE = `{id, name, role, status, specialization[], capabilities_offered[], offers?[] ${OFFER}, current_work, work_before_pause?, needs? ${NEED}, registered_at, updated_at, follows?[], mutes?[], read? {until, also[]}, status_until?, availability? {hours?}, registration?}`;

/** A session's heartbeat, as in its file, and whether it was throttled. */
export const HEARTBEAT = writes(
  "heartbeat {session_id, name, status, status_until?, last_heartbeat, worked_at?, capabilities_offered[], current_work}, throttled",
);

/** The fields of one claim, as in its file. */
export const CLAIM_FIELDS =
  "claim_id, key, patterns[], project?, repository? {names[], first_commits[]}, session, claimed_at, renewed_at?, until, note?";

/** One claim, as in its file. */
export const CLAIM = `{${CLAIM_FIELDS}}`;

/** The end and reason of a session's absence. */
export const AWAY = "{until?, reason}";

/** One session that fits a task. */
export const MATCH = "{id, name, role, score, relevance, reasons[], presence, available}";

/** The fields of one log entry. */
export const ENTRY_FIELDS = "op?, kind, session, at, subject, commit";

/** The sessions and their numbers. */
export const OVERVIEW = `sessions[] {id, name, role, status, status_until?, presence, current_work, last_heartbeat?, specialization[], away? ${AWAY}, away_until?, working, worked_at?, needs? ${NEED}, holds {claims, requests}, unused}, summary {total, active, idle, paused, offline, working, holding}`;
