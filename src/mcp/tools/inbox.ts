import { type InboxView, inbox as inboxView } from "../../domain/inbox/inbox.ts";
import { markShown } from "../../domain/inbox/mark-shown.ts";
import { joinReceipt } from "../../domain/inbox/read-marks.ts";
import { firstLine } from "../../domain/values/visible.ts";
import * as z from "../../domain/values/z.ts";
import type { HubConnection } from "../connection.ts";
import { describeMessage, describeRequest } from "../describe.ts";
import { pack } from "../pack.ts";
import { defineTool } from "../tool.ts";
import { NOTICE, saidBy } from "../untrusted.ts";

/** Bytes of requests and messages in one answer, about a thousand tokens. */
const BUDGET = 4000;

/** What is addressed to whoever asks and not read yet; where it `reads`, the messages that are shown are read now. */
export async function mail(connection: HubConnection, reads: boolean): Promise<object> {
  const session = await connection.session();
  const { state, freshness } = await connection.read(["sessions", "messages", "collaborations"]);
  const marks = joinReceipt(await connection.marks(session), state.sessions.get(session));
  const view = inboxView(state, session, marks, connection.now);
  const page = pageOf(view);
  const shown = { requests: page.requests.shown, messages: page.messages.shown };
  if (reads) await connection.keep(session, marks, markShown(state, session, marks, shown, reads));
  return { you: session, unread: view.unread, ...describePage(page), ...freshness };
}

/** Requests stay until they are answered, so they leave half of the room to what is new. */
function pageOf(view: InboxView) {
  const share = view.messages.length > 0 ? BUDGET / 2 : BUDGET;
  const requests = pack(view.requests, share, describeRequest);
  const messages = pack(view.messages, BUDGET - share + requests.left, describeMessage);
  const asked = pack(view.asked.toReversed(), messages.left, describeRequest);
  const isShown = new Set<string>(messages.shown.map(({ id }) => id));
  const open = view.unanswered.filter(({ id }) => !isShown.has(id));
  const unanswered = pack(open, asked.left, ({ id, from, to, sent_at, body }) => ({
    ...{ id, to, sent_at },
    ...saidBy(from, firstLine(body, 80)),
  }));
  return { requests, messages, asked, unanswered };
}

function describePage(page: ReturnType<typeof pageOf>): object {
  const lists = Object.entries(page);
  const more = lists.filter(([, { rest }]) => rest > 0).map(([name, { rest }]) => [name, rest]);
  return {
    ...Object.fromEntries(lists.map(([name, { described }]) => [name, described])),
    ...(more.length > 0 ? { more: { ...Object.fromEntries(more), next: MORE } } : {}),
  };
}

const MORE = "Call inbox again for the next messages; the rest of the requests: hive inbox --json";

export const inbox = defineTool({
  name: "inbox",
  description:
    "What is unread: requests waiting for you, messages (each is shown once), what became of what you asked.",
  isReading: false,
  input: z.strictObject({}),
  output: z.object({
    unread: z.number(),
    requests: z.array(z.object({ request_id: z.string(), from: z.string(), untrusted_text: z.string() })),
    messages: z.array(z.object({ id: z.string(), from: z.string(), untrusted_text: z.string() })),
  }),
  run: async (connection) => ({ ...(await mail(connection, true)), notice: NOTICE }),
});
