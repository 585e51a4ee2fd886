import type { Message } from "../messages/message.ts";
import { quoteOthers } from "../values/framed.ts";
import { shellArgument } from "../values/shell-quote.ts";
import { firstLine } from "../values/visible.ts";
import type { Collaboration } from "./collaboration.ts";

type Requests = ReadonlyMap<string, Collaboration>;
type Asked = Pick<Collaboration, "request" | "from_session">;

/** The first words of a request's text, as a quote: a line that names a request says what it is about. */
export function quoteWords({ request }: Asked, width = 40): string {
  return quoteOthers(request, width);
}

/** A notice about a request by another session or by git-hive. */
type Notice = Pick<Message, "id" | "subject" | "request_id">;

/**
 * The first words of the request that a notice names in its subject; empty for any other message. Notices themselves
 * repeat no words of a request, because git-hive is the author of many: readers look them up.
 */
export function wordsOfNotice({ id, subject, request_id }: Notice, requests: Requests): string {
  const request = subject === undefined || request_id === undefined ? undefined : requests.get(request_id);
  return request === undefined || request.message_id === id ? "" : quoteWords(request);
}

/** Whose words a request's text begins with: `session-5 (unverified) asks: Need a UI`. */
export function describeWords({ request, from_session }: Asked): string {
  return `${from_session} (unverified) asks: ${firstLine(request, 60)}`;
}

/** The command that finds another session for a request; undefined for a request without words. */
export function matchFor({ request }: Pick<Asked, "request">): string | undefined {
  const words = firstLine(request, 60);
  return words === "" ? undefined : `hive match ${shellArgument(words)}`;
}
