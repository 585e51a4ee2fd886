import type { Hive } from "../../app/hive/hive.ts";
import { wasAccepted } from "../../domain/inbox/cancelled.ts";
import { type Asked, type Dated, type InboxView, inbox as inboxView } from "../../domain/inbox/inbox.ts";
import { answeredQuestions } from "../../domain/inbox/mail.ts";
import { markShown } from "../../domain/inbox/mark-shown.ts";
import { joinReceipt, type ReadMarks } from "../../domain/inbox/read-marks.ts";
import { shortId } from "../../domain/messages/find.ts";
import type { Message } from "../../domain/messages/message.ts";
import type { Collaboration } from "../../domain/requests/collaboration.ts";
import { addresseeOf, heldSince } from "../../domain/requests/holder.ts";
import { describeReceipt } from "../../domain/requests/receipt.ts";
import { nextMoveOf } from "../../domain/requests/reminders.ts";
import { matchFor, quoteWords } from "../../domain/requests/words.ts";
import { count } from "../../domain/values/count.ts";
import { toInstant } from "../../domain/values/time.ts";
import { firstLine } from "../../domain/values/visible.ts";
import type { Command } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { MESSAGE, REQUEST_FIELDS } from "../prints.ts";
import { renderBundle } from "../render/bundle.ts";
import { type MessageReader, renderMessage } from "../render/message.ts";
import { bytesOf, type Limits, type PackedLines, pack } from "../render/pack.ts";
import { quote, UNVERIFIED } from "../render/quoted.ts";
import { budgetFor, countRest, nameSome, renderRest } from "../render/rest.ts";
import { urgencyCell } from "../render/styles.ts";
import type { Column, Page, Table } from "../render/table.ts";
import { type Times, timesOf } from "../render/times.ts";
import { limitOf } from "../submit.ts";
import { noteUnregistered } from "../unknown-session.ts";

/** The default bytes of text: about ten messages, a small part of an agent's context. */
const DEFAULT_BUDGET_BYTES = 2000;

export const inbox: Command = {
  usage: "",
  options: [
    ["--mark-read", "mark the shown messages as read"],
    ["--all", "show read messages too, newest first"],
    [
      "--budget <bytes>",
      `show messages in about this many bytes, and count the rest (${DEFAULT_BUDGET_BYTES}; with --json, no limit)`,
    ],
    ["-n, --limit <n>", "at most this many messages (20), and questions without an answer (5)"],
  ],
  notes: [
    "For every turn of an agent: hive inbox --mark-read shows each message once. Without it a message stays unread",
    "and is shown again. Your next write tells the sender that you saw it. Requests stay until you answer them, and",
    "the ends of your own requests, and of those that others cancelled, until they were shown with --mark-read.",
  ],
  examples: ["hive inbox --mark-read", "hive inbox --as session-1-dashboard --all --json"],
  prints: `session, messages[] ${MESSAGE}, requests[] {${REQUEST_FIELDS}, overdue?}, held[] {${REQUEST_FIELDS}}, asked[] {${REQUEST_FIELDS}, overdue?, seen?, receipt? {waiting_for[], seen_by[]}}, cancelled[] {${REQUEST_FIELDS}}, unanswered[] ${MESSAGE}, unread, more {count, by[] {from, priority, count}}`,
  async run(context, _, options) {
    const { world, io, open } = context;
    const limit = limitOf(options.limit);
    const budget = limitOf(options.budget, "--budget 2000");
    const { hive, identity } = await open();
    const { session } = identity();
    const read = await hive.read(["settings", "sessions", "messages", "collaborations"]);
    noteReading(context, read);
    const { state } = read;
    const profile = state.sessions.get(session);
    await noteUnregistered(context, hive, session, state.sessions);
    const now = toInstant(world.now());
    const marks = joinReceipt(hive.marks.load(session), profile);
    const view = inboxView(state, session, marks, now, options.all === true);
    const ids = state.messages.map(({ id }) => id);
    const reader = {
      session,
      times: timesOf(context),
      paint: io.style,
      ids,
      answered: answeredQuestions(state.messages),
      requests: state.collaborations,
    };
    const bytes = budget ?? (io.isJson ? Number.POSITIVE_INFINITY : DEFAULT_BUDGET_BYTES);
    const page = pageOf(view, { count: limit ?? 20, bytes }, reader, io.isJson);
    const shown = {
      messages: page.messages.shown,
      requests: page.requests.shown,
      asked: view.asked,
      cancelled: view.cancelled,
    };
    const isRepeated = shown.messages.some(({ id }) => marks.kept.includes(id));
    const marksRead = options.markRead === true;
    saveMarks(hive, marks, markShown(state, session, marks, shown, marksRead), view, marksRead);
    return {
      json: { ...view, messages: shown.messages, more: countRest(page.messages.rest) },
      text: renderInbox(view, page, reader, {
        isRepeated: isRepeated && !marksRead,
        maxQuestions: limit ?? MAX_QUESTIONS,
      }),
    };
  },
};

interface Shown {
  readonly requests: PackedLines<Dated>;
  readonly messages: PackedLines<Message>;
}

/** Returns what fits. Requests stay until they are answered, so they leave half of the bytes to new messages. */
function pageOf(view: InboxView, limits: Limits, reader: MessageReader, isJson: boolean): Shown {
  const requestLines = (request: Dated) => renderRequest(request, reader.times);
  const messageLines = (message: Message) =>
    isJson ? [JSON.stringify(message)] : renderMessage(message, reader);
  const share = view.messages.length > 0 ? limits.bytes / 2 : limits.bytes;
  const forRequests = { count: view.requests.length, bytes: isJson ? Number.POSITIVE_INFINITY : share };
  const requests = pack(view.requests, forRequests, requestLines, (each) => `hive thread ${each.request_id}`);
  const left = isJson ? limits.bytes : limits.bytes - requests.bytes;
  const messages = pack(
    view.messages,
    { ...limits, bytes: left },
    messageLines,
    (each) => `hive thread ${each.id}`,
  );
  return { requests, messages };
}

/** Saves what was shown. Throws only with --mark-read, where a message must not be shown again. */
function saveMarks(
  hive: Hive,
  before: ReadMarks,
  after: ReadMarks,
  { session }: InboxView,
  marksRead: boolean,
): void {
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  if (marksRead) hive.marks.save(session, after);
  else hive.keepMarks(session, after);
}

function renderInbox(
  view: InboxView,
  { requests, messages }: Shown,
  reader: MessageReader,
  { isRepeated, maxQuestions }: { readonly isRepeated: boolean; readonly maxQuestions: number },
): Page {
  const shown = new Set<string>(messages.shown.map(({ id }) => id));
  const unanswered = view.unanswered.filter(({ id }) => !shown.has(id));
  const lines = [
    ...(isQuoting(view, requests.shown, messages.shown, unanswered) ? [UNVERIFIED] : []),
    ...(reader.times.isTerminal ? tableOfRequests(requests.shown, reader.times) : requests.lines),
    ...renderHidden(requests.rest, view, reader.times),
    ...messages.lines,
    ...renderRest(messages.rest, view.messages.length),
    ...(isRepeated ? ["Some messages were shown before. To mark them as read: hive inbox --mark-read"] : []),
    ...view.cancelled.flatMap((request) => renderCancelled(request, reader.times)),
    ...view.asked.flatMap((request) => renderAsked(request, reader.times)),
    ...renderUnanswered(unanswered, reader, maxQuestions),
  ];
  const nothing = `Nothing new for ${view.session}. Read messages too: hive inbox --all`;
  const held = view.held.map((request) => renderHeld(request, reader.times));
  if (lines.length > 0) return [...lines, ...held];
  return held.length === 0 ? nothing : [nothing, UNVERIFIED, ...held];
}

/** Names the requests that did not fit, and the command that shows them all. */
function renderHidden(rest: readonly Dated[], { requests, messages }: InboxView, times: Times): string[] {
  if (rest.length === 0) return [];
  const bytes = requests.reduce((sum, each) => sum + bytesOf(renderRequest(each, times)), 0);
  // Where there are messages, requests get half of the bytes.
  const budget = budgetFor(messages.length > 0 ? 2 * bytes : bytes);
  return [
    `and ${count(rest.length, "more request")}: ${nameSome(rest.map(({ request_id }) => request_id))}`,
    `See ${rest.length === 1 ? "it" : "them"}: hive inbox --budget ${budget}`,
  ];
}

/** Names a request that this session has accepted, and its next step. */
function renderHeld(request: Collaboration, times: Times): string {
  const { request_id, from_session, status, updated_at } = request;
  const state = `${status.replaceAll("_", " ")} ${times.ago(heldSince(request) ?? updated_at)}`;
  return `You have: ${`${request_id} ${quoteWords(request)}`.trim()} of ${from_session}, ${state}. Next: ${nextMoveOf(request)}`;
}

/** Whether anything shown is by another session. */
function isQuoting(
  { session, asked, cancelled }: InboxView,
  requests: readonly Collaboration[],
  messages: readonly Message[],
  unanswered: readonly Message[],
): boolean {
  const isOther = ({ from }: Message) => from !== session;
  return (
    requests.length > 0 ||
    cancelled.length > 0 ||
    messages.some(isOther) ||
    unanswered.some(isOther) ||
    asked.some(({ evidence, history }) => evidence !== undefined || history.at(-1)?.note !== undefined)
  );
}

const REQUEST_COLUMNS: readonly Column[] = [
  { head: "REQUEST", giveWay: 0 },
  { head: "URGENCY", giveWay: 1 },
  { head: "ASKED", giveWay: 3 },
  { head: "UNTIL", giveWay: 2 },
  { head: "TEXT", giveWay: 0, isWrapped: true },
];
const REQUEST_WIDTH = 200;

/** Renders requests as rows, and how they are answered. */
function tableOfRequests(requests: readonly Dated[], times: Times): (string | Table)[] {
  if (requests.length === 0) return [];
  const rows = requests.map((each) => [
    each.request_id,
    urgencyCell(each.urgency),
    times.ago(each.created_at),
    each.overdue ? "overdue" : each.deadline === undefined ? "" : times.end(each.deadline),
    `${each.from_session} ${doesOf(each)}: ${firstLine(each.request, REQUEST_WIDTH)}`,
  ]);
  return [
    { columns: REQUEST_COLUMNS, rows },
    'Answer: hive accept <request>, or hive decline <request> -m "<why>". All of it: hive thread <request>',
  ];
}

/** `asks`, `asks whoever offers go`, `hands over collab-1763229251-k3f9`. */
function doesOf(request: Collaboration): string {
  const { handoff, to_session } = request;
  if (handoff !== undefined) return `hands over${handoff.request ? ` ${handoff.request}` : ""}`;
  return to_session === null ? `asks ${addresseeOf(request)}` : "asks";
}

/** Says that a request ended that this session had, so that it does not go on with it. */
function renderCancelled(request: Collaboration, times: Times) {
  const { request_id, from_session, updated_at, history } = request;
  const had = wasAccepted(request) ? ", which you had accepted" : "";
  const note = history.at(-1)?.note;
  return [
    `Cancelled: ${request_id} of ${from_session}${had}, ${times.ago(updated_at)}: ${firstLine(request.request, 60)}`,
    ...(note === undefined ? [] : quote(note)),
  ];
}

function renderAsked(request: Asked, times: Times) {
  const { request_id, status, created_at, updated_at, history, evidence, receipt } = request;
  const since = status === "pending" ? `asked ${times.ago(created_at)}` : times.ago(updated_at);
  const seen = receipt ? `, ${describeReceipt(receipt, request.to_session === null)}` : "";
  const others = history.filter(({ declined }) => declined === true).map(({ session }) => session);
  const declined = others.length > 0 && status === "pending" ? `, declined by ${others.join(", ")}` : "";
  const note = history.at(-1)?.note;
  const next = UNANSWERED_ENDS.has(status) ? matchFor(request) : undefined;
  return [
    `You asked ${addresseeOf(request)}: ${request_id} is ${status.replaceAll("_", " ")}, ${since}${request.overdue ? ", overdue" : ""}${seen}${declined}: ${firstLine(request.request, 60)}`,
    ...(evidence === undefined ? [] : ["  Evidence:", ...quote(evidence)]),
    ...(note === undefined ? [] : quote(note)),
    ...(next === undefined ? [] : [`  Ask another: ${next}`]),
  ];
}

/** The states in which a request ended without an answer to what it asks. */
const UNANSWERED_ENDS: ReadonlySet<string> = new Set(["declined", "expired"]);

function renderRequest(each: Dated, times: Times) {
  const { request_id, from_session, urgency, created_at, deadline, handoff } = each;
  const until = each.overdue ? ", overdue" : deadline === undefined ? "" : `, ${times.until(deadline)}`;
  const answer = each.overdue
    ? `  Its deadline passed, so it can no longer be accepted. Ask ${from_session} to ask again, or: hive decline ${request_id} -m "<why>"`
    : `  Answer: hive accept ${request_id}, or hive decline ${request_id} -m "<why>"`;
  return [
    `${request_id}: ${from_session} ${doesOf(each)}, ${urgency}, ${times.ago(created_at)}${until}`,
    ...quote(each.request),
    ...(handoff === undefined ? [] : renderBundle(handoff)),
    answer,
  ];
}

/** How many questions are shown without --limit. */
const MAX_QUESTIONS = 5;

/** Renders a line for each question without an answer, to the reader or from the reader. */
function renderUnanswered(
  asks: readonly Message[],
  { session, times, ids }: MessageReader,
  limit: number,
): string[] {
  const lines = asks.slice(0, limit).map(({ id, from, to, sent_at, body }) => {
    const short = shortId(id, ids);
    const question = `${times.ago(sent_at)}: ${firstLine(body, 80)}`;
    if (from === session) return `${short}: you asked ${to}, no answer yet, ${question}`;
    return `${short}: ${from} waits for your answer, asked ${question}`;
  });
  const rest = asks.slice(limit).map(({ id }) => shortId(id, ids));
  if (rest.length === 0) return lines;
  return [
    ...lines,
    `and ${count(rest.length, "more question")} without an answer: ${nameSome(rest)}`,
    `See ${rest.length === 1 ? "it" : "them"}: hive inbox --limit ${asks.length}`,
  ];
}
