import type { Collaboration } from "../../domain/collaboration.ts";
import { addresseeOf } from "../../domain/holder.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Message } from "../../domain/message.ts";
import { type Asked, type InboxView, inbox as inboxView } from "../../domain/queries/inbox.ts";
import { describeReceipt } from "../../domain/queries/receipt.ts";
import { formatAge, secondsBetween, toInstant } from "../../domain/time.ts";
import { firstLine } from "../../domain/visible.ts";
import type { Command } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { renderBundle } from "../render/bundle.ts";
import { quote } from "../render/quoted.ts";
import { limitOf } from "../write.ts";

export const inbox: Command = {
  usage: "",
  options: [["--limit <n>", "at most this many messages (20)"]],
  examples: ["hive inbox", "hive inbox --as session-1-dashboard --json"],
  async run(context, _, options) {
    const { world, io, open } = context;
    const limit = limitOf(options.limit) ?? 20;
    const { hive, identity } = await open();
    const { session } = identity();
    const read = await hive.read(["sessions", "messages", "collaborations"]);
    noteReading(context, read);
    if (!read.state.sessions.has(session)) io.note(`${session} is not registered: hive register ${session}`);
    const now = toInstant(world.now());
    const view = inboxView(read.state, session, limit, now);
    return { json: view, text: renderInbox(view, now) };
  },
};

function renderInbox(view: InboxView, now: Instant): string {
  const { session, requests, asked, messages, unread } = view;
  if (unread === 0 && asked.length === 0) return `Nothing for ${session}.`;
  const shown = requests.length + messages.length;
  return [
    ...requests.flatMap((request) => renderRequest(request, now)),
    ...messages.flatMap((message) => renderMessage(message, now)),
    ...(unread > shown ? [`${unread - shown} more: hive inbox --limit ${unread}`] : []),
    ...asked.flatMap((request) => renderAsked(request, now)),
  ].join("\n");
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

function renderMessage({ from, to, priority, sent_at, subject, body }: Message, now: Instant): string[] {
  const about = subject ? `: ${firstLine(subject, 80)}` : "";
  const whom = to === "all" ? "all" : "you";
  return [`${from} (unverified) to ${whom}, ${priority}, ${ageOf(sent_at, now)} ago${about}`, ...quote(body)];
}

function ageOf(instant: Instant, now: Instant): string {
  return formatAge(secondsBetween(instant, now));
}
