import { isImported } from "../imported.ts";
import type { Message } from "./message.ts";

/** Whether a message to all only tells of a request that is open to many: it is shown as that request, to whom it may concern. */
export function isAnnouncement(message: Message): boolean {
  return message.to === "all" && message.request_id !== undefined && !isImported(message);
}
