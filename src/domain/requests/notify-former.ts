import type { Message } from "../messages/message.ts";
import type { Author } from "../operation.ts";
import type { Snapshot } from "../snapshot.ts";
import type { SessionId, Ulid } from "../values/ids.ts";
import { URGENCY_RANK } from "../values/order.ts";
import type { Collaboration } from "./collaboration.ts";

/** The message to the session that requests left without its doing, so that it does not go on; none to one that is not registered. */
export function notifyFormer(
  { sessions }: Pick<Snapshot, "sessions">,
  former: SessionId,
  requests: readonly Collaboration[],
  how: "took over" | "took back",
  { session, at }: Author,
  id: Ulid,
): Message[] {
  const [first] = [...requests].sort((a, b) => URGENCY_RANK[a.urgency] - URGENCY_RANK[b.urgency]);
  if (first === undefined || !sessions.has(former)) return [];
  const ids = requests.map(({ request_id }) => request_id);
  return [
    {
      ...{ id, from: session, to: former, priority: first.urgency, sent_at: at },
      subject: `${session} ${how} ${ids.length === 1 ? ids[0] : `${ids.length} requests`}`,
      request_id: first.request_id,
      body: `${session} ${how} ${ids.join(", ")}, because you were silent. Do not go on with ${ids.length === 1 ? "it" : "them"}, or ask ${session} first.`,
    },
  ];
}
