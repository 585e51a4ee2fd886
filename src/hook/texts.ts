import { holdsSilently, type ListedSession } from "../domain/activity/overview.ts";
import type { BlockedTarget } from "../domain/claims/list.ts";
import type { NewsItem } from "../domain/inbox/news.ts";
import type { Need } from "../domain/sessions/session.ts";
import { count } from "../domain/values/count.ts";
import { framedText, quoteOthers } from "../domain/values/framed.ts";
import type { SessionId } from "../domain/values/ids.ts";
import type { Instant } from "../domain/values/instant.ts";
import { formatAge, secondsBetween } from "../domain/values/time.ts";
import { firstLine } from "../domain/values/visible.ts";
import type { HiveError } from "../errors.ts";

/** The longest briefing and the longest item, in characters. Both are short, because every session reads them. */
const BRIEFING_WIDTH = 1200;
const ITEM_WIDTH = 160;
/** How much of a session's own request its answer repeats, in characters. */
const OWN_WIDTH = 40;
const MAX_ITEMS = 5;

/** How many sessions and items a briefing names. The first pair that fits is used. */
const SIZES = [
  [6, 3],
  [4, 3],
  [3, 2],
  [2, 1],
  [1, 1],
  [0, 0],
] as const;

/** The session that reads a text. */
export interface HookReader {
  readonly session: SessionId;
  /** The `--as` option that its commands need, or an empty text. */
  readonly authorOption: string;
  readonly now: Instant;
}

interface Briefing {
  readonly hub: string;
  /** When this host last saw what the hub has; undefined where that is now. */
  readonly lastSeen?: Instant | undefined;
  /** The hub has not confirmed the session's name yet. */
  readonly isNameOpen?: boolean;
  readonly others: readonly ListedSession[];
  /** What waits for the session, which is counted, and the items that are shown. */
  readonly news: readonly NewsItem[];
  readonly items: readonly NewsItem[];
  /** How many messages to all are from before the session was there. */
  readonly earlier?: number;
  /** What to know of the work tree. */
  readonly tree: readonly string[];
}

/** Returns the text for a session whose project has a hub that was made anew: only its user knows whether that is right. */
export function anotherHubText({ message, hint }: HiveError): string {
  return `git-hive: this session is in no hub. ${message} ${hint}. Ask your user.`;
}

/** Returns the text for a session that has no name yet. */
export function unnamedBriefing(
  { hub, others, lastSeen }: Pick<Briefing, "hub" | "others" | "lastSeen">,
  now: Instant,
): string {
  const head = `git-hive: this project has the hub ${firstLine(hub, 60)}. This session gets its name with the next prompt.`;
  return framedText([head, peersText(others, 4, { now, lastSeen })]);
}

/** Returns the warning that other sessions work in the same files, and the command that ends it. */
export function sharedTreeText(others: readonly SessionId[], command: string): string {
  const [verb, them] = others.length === 1 ? ["works", "it"] : ["work", "them"];
  return [
    `git-hive: ${others.slice(0, 3).join(", ")} also ${verb} in this work tree: the same files, index and stash.`,
    `To not undo the work of ${them}, go on in a work tree of your own: ${command}`,
  ].join(" ");
}

/** Returns the text for a session that starts: its name, the other sessions, what waits for it, and the commands. */
export function briefing(
  reader: HookReader,
  { hub, lastSeen, isNameOpen = false, others, news, items, earlier = 0, tree }: Briefing,
): string {
  const { session, authorOption: as } = reader;
  const waiting = [...(news.length === 0 ? [] : [countsOf(news)]), ...earlierText(earlier, as)];
  const open = isNameOpen
    ? " If another session took that name first, your next prompt gives you another."
    : "";
  const head = `git-hive: this session is ${session} on the hub ${firstLine(hub, 60)}.${open}`;
  const how = [
    `Yours: hive inbox${as}; hive accept ID${as}, hive complete ID${as}.`,
    `Help: hive match "TASK"; hive request SESSION "TEXT"${as}. All: hive sync, hive prime.`,
  ];
  const texts = SIZES.map(([peers, room]) =>
    framedText([
      head,
      ...tree,
      peersText(others, peers, { now: reader.now, lastSeen }),
      ...waiting,
      ...items.slice(0, room).map((item) => describeItem(item, reader)),
      ...how,
    ]),
  );
  return (
    texts.find((text) => text.length <= BRIEFING_WIDTH) ??
    firstLine([head, ...tree].join(" "), BRIEFING_WIDTH)
  );
}

/** Says how many messages to all a session missed, because it was not there yet. */
export function earlierText(earlier: number, as: string): string[] {
  return earlier === 0
    ? []
    : [`Earlier: ${count(earlier, "broadcast")}, from before this session: hive inbox${as}`];
}

/** Returns new items for a session, one on each line, and how many more there are. */
export function newsText(reader: HookReader, news: readonly NewsItem[]): string {
  const items = news.slice(0, MAX_ITEMS).map((item) => describeItem(item, reader));
  const more = news.length - items.length;
  return framedText([
    `git-hive: ${count(news.length, "new item")} for ${reader.session}.`,
    ...items,
    ...(news.some(({ kind }) => kind === "request") ? [answerText(reader.authorOption)] : []),
    ...(more > 0 ? [`- ${more} more: hive inbox${reader.authorOption}`] : []),
  ]);
}

function answerText(as: string): string {
  return `To answer a request: hive accept ID${as}, then hive complete ID -m "RESULT"${as}; or hive decline ID -m "WHY"${as}.`;
}

/** Returns the line that reminds a session of its own question, which its user may have answered with the prompt. */
export function askingText({ authorOption }: HookReader, { question }: Pick<Need, "question">): string {
  return `git-hive: you still ask your human "${firstLine(question, 80)}". If this prompt answers it: hive needs --done${authorOption}`;
}

/** Returns the reason why a session should not stop yet. */
export function holdText(reader: HookReader, urgent: readonly NewsItem[]): string {
  const why = urgent.some(({ urgency }) => urgency === "urgent")
    ? "It is urgent and unread"
    : "It answers you, and is unread";
  return `${newsText(reader, urgent)}\n${why}. Read it: hive inbox${reader.authorOption}`;
}

/** Returns the warning that another session has claimed a file that is about to be changed. */
export function claimText({ target, pattern, claim }: BlockedTarget, as: string): string {
  const note = claim.note === undefined ? "" : `, noting ${quoteOthers(claim.note, 60)}`;
  return framedText([
    `git-hive: ${claim.session} (unverified) has claimed ${firstLine(target, 100)} until ${claim.until}.`,
    `It is in the claim on ${quoteOthers(pattern, 100)}${note}. To ask for it: hive request ${claim.session} "TEXT"${as}`,
  ]);
}

/** Returns the warning that claims on a file cannot be checked. */
export function uncheckedText({ message, hint }: Pick<HiveError, "message" | "hint">): string {
  const lines = ["git-hive: whether another session has claimed this file is not known.", message, hint];
  return lines.map((line) => firstLine(line, 400)).join("\n");
}

/** Returns an item on one line of at most `ITEM_WIDTH` characters. Only the quoted text is cut. */
function describeItem(item: NewsItem, { session, now }: HookReader): string {
  const age = `${formatAge(secondsBetween(item.at, now))} ago`;
  if (item.kind === "message") {
    const { from, to, priority, subject, body } = item.message;
    const whom = to === session ? "you" : to;
    const text = subject ? `${subject}${item.about && ` ${item.about}`}: ${body}` : body;
    return quoted(`- ${from} (unverified) to ${whom}, ${priority}, ${age}`, text);
  }
  const { request_id, from_session, to_session, status, urgency, request, history } = item.request;
  if (item.kind === "request")
    return quoted(`- ${request_id}: ${from_session} (unverified) asks, ${urgency}, ${age}`, request);
  const note = history.at(-1)?.note ?? "";
  if (item.kind === "cancelled") {
    const words = quoteOthers(request, OWN_WIDTH);
    return quoted(`- ${request_id} ${words} of ${from_session} (unverified): cancelled, ${age}`, note);
  }
  const about = `- your ${request_id} ${quoteOthers(request, OWN_WIDTH)} to ${to_session}`;
  return quoted(`${about}: ${status.replaceAll("_", " ")}, ${age}`, note);
}

function quoted(head: string, text: string): string {
  const room = ITEM_WIDTH - head.length - 4;
  const quote = room < 8 ? "" : quoteOthers(text, room);
  return quote === "" ? firstLine(head, ITEM_WIDTH) : `${head}: ${quote}`;
}

/** Returns the text about sessions that came online since the session was last told. */
export function newPeersText(peers: readonly ListedSession[], now: Instant): string {
  const shown = peers.slice(0, MAX_ITEMS).map((peer) => describePeer(peer, now));
  const more = peers.length - shown.length;
  return framedText([
    `git-hive: now online too: ${[...shown, ...(more > 0 ? [`${more} more`] : [])].join("; ")}.`,
  ]);
}

/** For how many seconds what a hub answered counts as what it has now. */
const JUST_NOW_SECONDS = 10;

/** When the sessions were as they are told. */
interface Known {
  readonly now: Instant;
  readonly lastSeen?: Instant | undefined;
}

function peersText(others: readonly ListedSession[], limit: number, { now, lastSeen }: Known): string {
  const age = lastSeen === undefined ? 0 : secondsBetween(lastSeen, now);
  const asOf = Math.abs(age) <= JUST_NOW_SECONDS ? undefined : `as of ${formatAge(age)} ago`;
  const online = others.filter(({ presence }) => presence !== "offline");
  const silent = others.filter((each) => each.presence === "offline" && holdsSilently(each));
  const names = silent.slice(0, limit).map(({ id }) => id);
  const more = silent.length - names.length;
  const named = [...names, ...(more > 0 ? [`${more} more`] : [])].join(", ");
  const held = silent.length === 0 ? "" : ` Offline, but holding claims or requests: ${named}.`;
  if (online.length === 0)
    return asOf === undefined
      ? `No other session is online now.${held}`
      : `No other session was online ${asOf}; the hub is being asked, and your next prompt names who is there.${held}`;
  const shown = online.slice(0, limit).map((peer) => describePeer(peer, now));
  const rest = online.length - shown.length;
  return `Online ${asOf ?? "now"}: ${[...shown, ...(rest > 0 ? [`${rest} ${shown.length === 0 ? "others" : "more"}`] : [])].join("; ")}.${held}`;
}

function describePeer(
  { id, presence, working, last_heartbeat, current_work, role }: ListedSession,
  now: Instant,
): string {
  // Who works has just done something.
  const age = working || last_heartbeat === null ? "" : ` ${formatAge(secondsBetween(last_heartbeat, now))}`;
  const work = quoteOthers(current_work || role, 60);
  return `${id} (${working ? "working" : presence}${age})${work && ` ${work}`}`;
}

function countsOf(news: readonly NewsItem[]): string {
  const of = (kind: NewsItem["kind"], word: string) => {
    const number = news.filter((item) => item.kind === kind).length;
    return number === 0 ? [] : [count(number, word)];
  };
  return `For you: ${[...of("request", "request"), ...of("answer", "answer"), ...of("cancelled", "cancelled request"), ...of("message", "message")].join(", ")}.`;
}
