/** What every write prints with --json, around its own result. */
export function writes(result: string): string {
  return `op, commit, landed, result {${result}}`;
}

/** The fields of one request, as in its file. */
export const RECORD =
  "{request_id, from_session, to_session, request, urgency, status, created_at, updated_at, history[] {status, session, at, note?}}";

/** The fields of one message, as in its file. */
export const MESSAGE = "{id, from, to, priority, sent_at, body}";

/** Who is there, and how many. */
export const OVERVIEW =
  "sessions[] {id, name, role, status, presence, current_work, last_heartbeat, specialization[]}, summary {total, active, idle, offline}";
