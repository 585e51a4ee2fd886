import type { Message } from "../messages/message.ts";
import type { Author } from "../operation.ts";
import type { SessionId } from "../values/ids.ts";
import type { Claim } from "./claim.ts";

/**
 * The message that tells a holder that its claim has lapsed, and which session took it over, if one did. It quotes no
 * note of the claim, because the message has another author.
 */
export function lapseNotice(
  { key, session, until, project }: Claim,
  takenBy: SessionId | undefined,
  by: Author,
): Message {
  const end = takenBy === undefined ? "and was removed" : `and ${takenBy} has taken it over`;
  const where = project === undefined ? "" : ` in ${project}`;
  return {
    id: by.op,
    from: by.session,
    to: session,
    priority: "normal",
    sent_at: by.at,
    subject: `Claim ${key} lapsed`,
    body: [
      `Your claim ${key}${where} lapsed at ${until} ${end} at ${by.at}.`,
      "If you still work on it, look first who holds it now: hive claims. To keep a claim, renew it in time: hive renew",
    ].join("\n"),
  };
}
