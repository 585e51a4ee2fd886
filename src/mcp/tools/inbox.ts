import { type InboxView, inbox as inboxView } from "../../domain/inbox/inbox.ts";
import { markShown } from "../../domain/inbox/mark-shown.ts";
import { joinReceipt } from "../../domain/inbox/read-marks.ts";
import { framedObject } from "../../domain/values/framed.ts";
import { firstLine } from "../../domain/values/visible.ts";
import * as z from "../../domain/values/z.ts";
import type { HubConnection } from "../connection.ts";
import { describeMessage, describeRequest } from "../describe.ts";
import { pack } from "../pack.ts";
import { defineTool } from "../tool.ts";
import { saidBy } from "../untrusted.ts";

/** The bytes of requests and messages in one answer: about a thousand tokens. */
const BUDGET_BYTES = 4000;

/** Returns what is addressed to the session and unread. With `marksRead`, the messages in the answer become read. */
export async function readInbox(connection: HubConnection, marksRead: boolean): Promise<object> {
  const session = await connection.session();
  const { state, freshness } = await connection.read(["settings", "sessions", "messages", "collaborations"]);
  const marks = joinReceipt(await connection.marks(session), state.sessions.get(session));
  const view = inboxView(state, session, marks, connection.now);
  const page = pageOf(view);
  const shown = {
    requests: page.requests.shown,
    messages: page.messages.shown,
    asked: page.asked.shown,
    cancelled: page.cancelled.shown,
  };
  if (marksRead)
    await connection.saveMarks(session, marks, markShown(state, session, marks, shown, marksRead));
  return { you: session, unread: view.unread, ...describePage(page), ...freshness };
}

/** Fills one answer. Requests stay until they are answered, so they leave half of the bytes to new messages. */
function pageOf(view: InboxView) {
  const share = view.messages.length > 0 ? BUDGET_BYTES / 2 : BUDGET_BYTES;
  const requests = pack(view.requests, share, describeRequest);
  const messages = pack(view.messages, BUDGET_BYTES - share + requests.left, describeMessage);
  const asked = pack(view.asked.toReversed(), messages.left, describeRequest);
  const isShown = new Set<string>(messages.shown.map(({ id }) => id));
  const open = view.unanswered.filter(({ id }) => !isShown.has(id));
  const cancelled = pack(view.cancelled, asked.left, describeRequest);
  const unanswered = pack(open, cancelled.left, ({ id, from, to, sent_at, body }) => ({
    ...{ id, to, sent_at },
    ...saidBy(from, firstLine(body, 80)),
  }));
  return { requests, messages, asked, cancelled, unanswered };
}

function describePage(page: ReturnType<typeof pageOf>): object {
  const lists = Object.entries(page);
  const more = lists.filter(([, { rest }]) => rest > 0).map(([name, { rest }]) => [name, rest]);
  return {
    ...Object.fromEntries(lists.map(([name, { described }]) => [name, described])),
    ...(more.length > 0 ? { more: { ...Object.fromEntries(more), next: NEXT_HINT } } : {}),
  };
}

const NEXT_HINT = "For the next messages, call inbox again; for the other requests: hive inbox --json";

export const inbox = defineTool({
  name: "inbox",
  description: "Read your new requests, messages and answers.",
  isReading: false,
  input: z.strictObject({}),
  run: async (connection) => framedObject(await readInbox(connection, true)),
});
