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
  /** This session declined an open request, which stays pending for the other sessions. */
  declined: z.optional(z.literal(true)),
  /** The holder from which this session took the request over; the status did not change. */
  taken_from: z.optional(SessionId),
  /**
   * The session that the request left: it gave the request back, or the requester took it back. It is pending again, for
   * any session or, where it names a skill, for any that offers it.
   */
  returned_from: z.optional(SessionId),
  /** The holder, addressee or requester whose retirement ended the request. */
  retired: z.optional(SessionId),
  /** The handover that moved the request; without one, it was taken over from an offline session. */
  handoff: z.optional(RequestId),
});
export type HistoryStep = z.infer<typeof HistoryStep>;

/** `ACTIVE/COLLABORATIONS/<request_id>.json`: one request for help and its history. Unknown keys are kept. */
export const Collaboration = z.looseObject({
  request_id: RequestId,
  from_session: SessionId,
  /** The addressee or holder; null while no session has accepted an open request. */
  to_session: z.nullable(SessionId),
  /** The skill of an open request, which is for any session that offers it. */
  to_capability: z.optional(z.string().check(z.minLength(1), z.maxLength(LINE_LIMIT))),
  request: z.string().check(z.maxLength(TEXT_LIMIT)),
  urgency: Urgency,
  status: CollaborationStatus,
  created_at: Instant,
  updated_at: Instant,
  /** Until when the request waits for an answer; without it, the hub's settings apply. */
  deadline: z.optional(Instant),
  /** The message that announced the request. */
  message_id: z.optional(Ulid),
  /** The URL of the finished work. */
  evidence: z.optional(z.string().check(z.maxLength(EVIDENCE_LIMIT))),
  /** The bundle for the receiver, if this is a handover. */
  handoff: z.optional(Bundle),
  history: z.array(HistoryStep).check(z.maxLength(256)),
});
export type Collaboration = z.infer<typeof Collaboration>;
