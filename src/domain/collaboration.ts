import { RequestId, SessionId } from "./ids.ts";
import { Instant } from "./instant.ts";
import { TEXT_LIMIT } from "./text.ts";
import { Urgency } from "./urgency.ts";
import * as z from "./z.ts";

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

const Step = z.looseObject({
  status: CollaborationStatus,
  session: SessionId,
  at: Instant,
  note: z.optional(z.string().check(z.maxLength(TEXT_LIMIT))),
});

/** `ACTIVE/COLLABORATIONS/<request_id>.json`: one request for help and all that became of it. Unknown keys are kept. */
export const Collaboration = z.looseObject({
  request_id: RequestId,
  from_session: SessionId,
  to_session: SessionId,
  request: z.string().check(z.maxLength(TEXT_LIMIT)),
  urgency: Urgency,
  status: CollaborationStatus,
  created_at: Instant,
  updated_at: Instant,
  /** Until when it waits for an answer, where that is not what the settings say. */
  deadline: z.optional(Instant),
  history: z.array(Step).check(z.maxLength(256)),
});
export type Collaboration = z.infer<typeof Collaboration>;
