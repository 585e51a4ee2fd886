/** What every write prints with --json, around its own result. */
export function writes(result: string): string {
  return `op, commit, landed, result {${result}}`;
}

/** The fields of one request, as in its file. */
export const RECORD =
  "{request_id, from_session, to_session, to_capability?, request, urgency, status, created_at, updated_at, history[] {status, session, at, note?}}";

/** The fields of one message, as in its file. */
export const MESSAGE = "{id, from, to, priority, intent?, reply_to?, thread?, sent_at, body}";

/** Who is there, and how many. */
export const OVERVIEW =
  "sessions[] {id, name, role, status, presence, current_work, last_heartbeat, specialization[], status_until, away, away_until}, summary {total, active, idle, offline}";

/** A session's sign of life, as in its file. */
export const HEARTBEAT =
  "{session_id, name, status, status_until?, last_heartbeat, capabilities_offered[], current_work}";

/** The profile of a session, as in its file. */
export const PROFILE =
  "{id, name, role, status, specialization[], capabilities_offered[], current_work, registered_at, updated_at}";

/** One claim, as in its file. */
export const CLAIM = "{claim_id, key, patterns[], project?, session, claimed_at, renewed_at?, until, note?}";

/** One act, as the log tells it. */
export const ENTRY = "op, kind, session, at, subject, commit";
