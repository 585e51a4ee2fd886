import type { Hive } from "../../app/hive/hive.ts";
import { type Asked, type InboxView, inbox as inboxView } from "../../domain/inbox/inbox.ts";
import { markShown } from "../../domain/inbox/mark-shown.ts";
import { joinReceipt, type ReadMarks } from "../../domain/inbox/read-marks.ts";
import { shortId } from "../../domain/messages/find.ts";
import type { Message } from "../../domain/messages/message.ts";
import type { Collaboration } from "../../domain/requests/collaboration.ts";
import { addresseeOf } from "../../domain/requests/holder.ts";
import { describeReceipt } from "../../domain/requests/receipt.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { formatAge, secondsBetween, toInstant } from "../../domain/values/time.ts";
import { firstLine } from "../../domain/values/visible.ts";
import type { Command } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { MESSAGE, RECORD, REQUEST_FIELDS } from "../prints.ts";
import { renderBundle } from "../render/bundle.ts";
import { type MessageReader, renderMessage } from "../render/message.ts";
import { type PackedLines, pack, type Room } from "../render/pack.ts";
import { quote } from "../render/quoted.ts";
import { countRest, renderRest } from "../render/rest.ts";
import { limitOf } from "../submit.ts";

/** Bytes of text when nobody says how many: some ten messages, and a small part of what an agent can keep in mind. */
const BUDGET = 2000;

export const inbox: Command = {
  usage: "",
  options: [
    ["--mark-read", "the messages that are shown are read now; all others stay unread"],
    ["--all", "read ones too, newest first"],
    [
      "--budget <bytes>",
      `whole messages in about so many bytes (${BUDGET}; with --json, any), the others by count`,
    ],
    ["--limit <n>", "at most this many messages (20)"],
  ],
  notes: [
    "For every turn of an agent: hive inbox --mark-read shows each message once. Without it a message stays unread",
    "and is shown again; whoever sent it is told that it was seen, with your next write. Requests stay until answered.",
  ],
  examples: ["hive inbox --mark-read", "hive inbox --as session-1-dashboard --all --json"],
  prints: `session, messages[] ${MESSAGE}, requests[] ${RECORD}, asked[] {${REQUEST_FIELDS}, seen?, receipt? {waiting_for[], seen_by[]}}, unanswered[] ${MESSAGE}, unread, more {count, by[] {from, priority, count}}`,
  async run(context, _, options) {
    const { world, io, open } = context;
    const count = limitOf(options.limit) ?? 20;
    const budget = limitOf(options.budget, "--budget 2000");
    const { hive, identity } = await open();
    const { session } = identity();
    const read = await hive.read(["sessions", "messages", "collaborations"]);
    noteReading(context, read);
    const { state } = read;
    const profile = state.sessions.get(session);
    if (!profile) io.note(`${session} is not registered: hive register ${session}`);
    const now = toInstant(world.now());
    const marks = joinReceipt(hive.marks.load(session), profile);
    const view = inboxView(state, session, marks, now, options.all === true);
    const reader = { session, now, ids: state.messages.map(({ id }) => id) };
    const bytes = budget ?? (io.isJson ? Number.POSITIVE_INFINITY : BUDGET);
    const page = pageOf(view, { count, bytes }, reader, io.isJson);
    const shown = { messages: page.messages.shown, requests: page.requests.shown };
    const isRepeated = shown.messages.some(({ id }) => marks.kept.includes(id));
    const reads = options.markRead === true;
    keep(hive, marks, markShown(state, session, marks, shown, reads), view, reads);
    return {
      json: { ...view, messages: shown.messages, more: countRest(page.messages.rest) },
      text: renderInbox(view, page, reader, isRepeated && !reads),
    };
  },
};

interface Page {
  readonly requests: PackedLines<Collaboration>;
  readonly messages: PackedLines<Message>;
}

/** What there is room for. Requests stay until they are answered, so they leave half of the room to what is new. */
function pageOf(view: InboxView, room: Room, reader: MessageReader, isJson: boolean): Page {
  const requestLines = (request: Collaboration) => renderRequest(request, reader.now);
  const messageLines = (message: Message) =>
    isJson ? [JSON.stringify(message)] : renderMessage(message, reader);
  const share = view.messages.length > 0 ? room.bytes / 2 : room.bytes;
  const forRequests = { count: view.requests.length, bytes: isJson ? Number.POSITIVE_INFINITY : share };
  const requests = pack(view.requests, forRequests, requestLines, (each) => `hive thread ${each.request_id}`);
  const left = isJson ? room.bytes : room.bytes - requests.bytes;
  const messages = pack(
    view.messages,
    { ...room, bytes: left },
    messageLines,
    (each) => `hive thread ${each.id}`,
  );
  return { requests, messages };
}

/** That a message was seen is worth no failure; that it is not shown again has to be sure. */
function keep(hive: Hive, before: ReadMarks, after: ReadMarks, { session }: InboxView, reads: boolean): void {
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  try {
    hive.marks.save(session, after);
  } catch (error) {
    if (reads) throw error;
  }
}

function renderInbox(
  view: InboxView,
  { requests, messages }: Page,
  reader: MessageReader,
  isRepeated: boolean,
): string {
  const shown = new Set<string>(messages.shown.map(({ id }) => id));
  const lines = [
    ...requests.lines,
    ...(requests.rest.length > 0 ? [`and ${requests.rest.length} more requests: hive inbox --json`] : []),
    ...messages.lines,
    ...renderRest(messages.rest, view.messages.length),
    ...(isRepeated ? ["Shown before, and unread until: hive inbox --mark-read"] : []),
    ...view.asked.flatMap((request) => renderAsked(request, reader.now)),
    ...renderUnanswered(
      view.unanswered.filter(({ id }) => !shown.has(id)),
      reader,
    ),
  ];
  return lines.length > 0 ? lines.join("\n") : `Nothing for ${view.session}.`;
}

function renderAsked(request: Asked, now: Instant) {
  const { request_id, status, created_at, updated_at, history, evidence, receipt } = request;
  const since = ageOf(status === "pending" ? created_at : updated_at, now);
  const seen = receipt ? `, ${describeReceipt(receipt, request.to_session === null)}` : "";
  const others = history.filter(({ declined }) => declined === true).map(({ session }) => session);
  const declined = others.length > 0 && status === "pending" ? `, declined by ${others.join(", ")}` : "";
  const note = history.at(-1)?.note;
  return [
    `You asked ${addresseeOf(request)}: ${request_id} is ${status.replaceAll("_", " ")} since ${since}${seen}${declined}.`,
    ...(evidence === undefined ? [] : ["  Evidence:", ...quote(evidence)]),
    ...(note === undefined ? [] : quote(note)),
  ];
}

function renderRequest(each: Collaboration, now: Instant) {
  const { request_id, from_session, to_session, urgency, created_at, deadline, handoff } = each;
  const whom = to_session === null ? ` ${addresseeOf(each)}` : "";
  const does =
    handoff === undefined ? `asks${whom}` : `hands over${handoff.request ? ` ${handoff.request}` : ""}`;
  const until = deadline === undefined ? "" : `, until ${deadline}`;
  return [
    `${request_id}: ${from_session} (unverified) ${does}, ${urgency}, ${ageOf(created_at, now)} ago${until}`,
    ...quote(each.request),
    ...(handoff === undefined ? [] : renderBundle(handoff)),
    `  Answer: hive accept ${request_id}, or hive decline ${request_id} -m "<why>"`,
  ];
}

function ageOf(instant: Instant, now: Instant): string {
  return formatAge(secondsBetween(instant, now));
}

const MOST_LINES = 5;

/** A line for each question without an answer: what waits for the reader, and what the reader waits for. */
export function renderUnanswered(asks: readonly Message[], { session, now, ids }: MessageReader): string[] {
  const lines = asks.slice(0, MOST_LINES).map(({ id, from, to, sent_at, body }) => {
    const short = shortId(id, ids);
    const said = `${formatAge(secondsBetween(sent_at, now))} ago: ${firstLine(body, 80)}`;
    if (from === session) return `${short}: you asked ${to}, no answer yet, ${said}`;
    return `${short}: ${from} (unverified) waits for your answer, asked ${said}`;
  });
  const more = asks.length - MOST_LINES;
  return more > 0 ? [...lines, `and ${more} more questions without an answer: hive inbox --json`] : lines;
}
