import { EVIDENCE_LIMIT } from "../values/evidence.ts";
import { RequestId, SessionId, Ulid } from "../values/ids.ts";
import { Instant } from "../values/instant.ts";
import { LINE_LIMIT, TEXT_LIMIT } from "../values/text.ts";
import { Urgency } from "../values/urgency.ts";
import * as z from "../values/z.ts";
import { Bundle } from "./bundle.ts";

export const CollaborationStatus = z.enum([
  "pending",
  "accepted",
  "in_progress",
  "completed",
  "declined",
  "cancelled",
  "expired",
]);
export type CollaborationStatus = z.infer<typeof CollaborationStatus>;

const HistoryStep = z.looseObject({
  status: CollaborationStatus,
  session: SessionId,
  at: Instant,
  note: z.optional(z.string().check(z.maxLength(TEXT_LIMIT))),
  /** One of those who could have taken an open request will not; for the others it stays pending. */
  declined: z.optional(z.literal(true)),
  /** Whose it was until this session took it over, the status as it was. */
  taken_from: z.optional(SessionId),
  /** The handover by which it was taken over; without one, it was taken from a session that is gone. */
  handoff: z.optional(RequestId),
});
export type HistoryStep = z.infer<typeof HistoryStep>;

/** `ACTIVE/COLLABORATIONS/<request_id>.json`: one request for help and all that became of it. Unknown keys are kept. */
export const Collaboration = z.looseObject({
  request_id: RequestId,
  from_session: SessionId,
  /** Who is to do it; null while an open request waits for the first to accept it. */
  to_session: z.nullable(SessionId),
  /** An open request: it is for whoever offers this skill. */
  to_capability: z.optional(z.string().check(z.minLength(1), z.maxLength(LINE_LIMIT))),
  request: z.string().check(z.maxLength(TEXT_LIMIT)),
  urgency: Urgency,
  status: CollaborationStatus,
  created_at: Instant,
  updated_at: Instant,
  /** Until when it waits for an answer, where that is not what the settings say. */
  deadline: z.optional(Instant),
  /** The message that told it. */
  message_id: z.optional(Ulid),
  /** Where what was done can be seen. */
  evidence: z.optional(z.string().check(z.maxLength(EVIDENCE_LIMIT))),
  /** What whoever takes over needs to know, where this is a handover. */
  handoff: z.optional(Bundle),
  history: z.array(HistoryStep).check(z.maxLength(256)),
});
export type Collaboration = z.infer<typeof Collaboration>;
