import { hasLeft, type Member, registerToolSession, reportOnline } from "../app/coding-tools/register.ts";
import { type ListedSession, overview } from "../domain/activity/overview.ts";
import { type HookAnswer, resumes } from "../domain/coding-tools/event.ts";
import { isPressing } from "../domain/inbox/news.ts";
import { type HookContext, newsIn, noteShown, nowIn, readerOf } from "./context.ts";
import { reportWork } from "./current-work.ts";
import {
  askingText,
  briefing,
  earlierText,
  holdText,
  newPeersText,
  newsText,
  sharedTreeText,
  unnamedBriefing,
} from "./texts.ts";

/**
 * Registers the session or reports it online again. Returns a briefing: the other sessions and what waits for it. A
 * session that is resumed is only briefed: its first prompt shows that it runs, and whether it is a copy.
 */
export async function start(context: HookContext): Promise<HookAnswer | undefined> {
  const { toolSession, hive, event, state } = context;
  if (resumes(event)) return { context: await briefResumed(context) };
  const member = await registerToolSession(toolSession, hive, state);
  if (member && !member.isNew) await reportOnline(hive, state, member);
  if (member) toolSession.noteHeartbeat(member);
  await toolSession.startSync();
  if (member === undefined) return undefined;
  if (member.isNew) noteBirth(context);
  const news = newsIn(context, member.session);
  const isNameOpen = hive.lastSeen !== undefined && !state.sessions.has(member.session);
  const text = briefing(readerOf(context, member.session), {
    ...(await surroundings(context, member.session)),
    isNameOpen,
    news: news.all,
    items: news.all,
    earlier: member.isNew ? news.earlier : 0,
  });
  noteShown(context, news, news.all);
  rememberPeers(context, othersIn(context, member.session));
  return { context: text };
}

/** The briefing of a session that is resumed. What is new is only counted, because its first prompt shows it. */
async function briefResumed(context: HookContext): Promise<string> {
  const { toolSession, hive, state } = context;
  const session = toolSession.identity()?.session;
  await toolSession.startSync();
  if (session === undefined || !state.sessions.has(session))
    return unnamedBriefing(
      { hub: hive.name, lastSeen: hive.lastSeen, others: othersIn(context, undefined) },
      nowIn(context),
    );
  const reader = readerOf(context, session);
  const news = newsIn(context, session).all;
  const others = othersIn(context, session);
  rememberPeers(context, others);
  const known = { hub: hive.name, lastSeen: hive.lastSeen, isNameOpen: false, others };
  return briefing(reader, { ...known, news, items: [], tree: [] });
}

/** What a briefing tells of the others. */
async function surroundings(context: HookContext, session: Member["session"]) {
  const others = othersIn(context, session);
  return {
    hub: context.hive.name,
    lastSeen: context.hive.lastSeen,
    others,
    tree: await treeNotice(context, session),
  };
}

function othersIn(context: HookContext, session: Member["session"] | undefined) {
  return overview(context.state, nowIn(context)).sessions.filter(({ id }) => id !== session);
}

function rememberPeers({ toolSession }: HookContext, others: readonly ListedSession[]): void {
  const peers = others.filter(isOnline).map(({ id }) => id);
  toolSession.remember({ ...toolSession.recall(), peers });
}

function isOnline({ presence }: ListedSession): boolean {
  return presence !== "offline";
}

/** Tells, once each, which sessions came online since the session was told who is, so that no fetch comes too late. */
function newPeers(context: HookContext, session: Member["session"]): string[] {
  const { peers } = context.toolSession.recall();
  const others = othersIn(context, session);
  rememberPeers(context, others);
  const come = others.filter((each) => isOnline(each) && peers?.includes(each.id) === false);
  return come.length === 0 ? [] : [newPeersText(come, nowIn(context))];
}

/** Tells, once each, which other sessions run in the same work tree, and how to get another one. */
async function treeNotice({ toolSession }: HookContext, session: Member["session"]): Promise<string[]> {
  const untold = toolSession.untoldNeighbours();
  if (untold.length === 0) return [];
  const memory = toolSession.recall();
  toolSession.remember({ ...memory, neighbours: [...(memory.neighbours ?? []), ...untold] });
  const command = await toolSession.run.treeCommand(session);
  return command === undefined ? [] : [sharedTreeText(untold, command)];
}

/** Returns what is new for the session since the last time. A prompt that tells it reports its work, unless the user stated that. */
export async function prompt(context: HookContext): Promise<HookAnswer | undefined> {
  const { toolSession, hive, state } = context;
  const before = toolSession.identity()?.session;
  const member = await registerToolSession(toolSession, hive, state);
  if (member === undefined) return undefined;
  if (member.isNew) noteBirth(context);
  const work = await reportWork(context, member);
  const isDue = toolSession.isHeartbeatDue && work !== "now" && !member.isNew;
  if (isDue || hasLeft(state, member.session)) await reportOnline(hive, state, member);
  toolSession.noteHeartbeat(member);
  if (work === "now" || member.isNew || toolSession.isFetchDue) await toolSession.startSync();
  const reader = readerOf(context, member.session);
  const news = newsIn(context, member.session);
  noteShown(context, news, news.unseen, work !== "not yet");
  const lines = [
    ...(before === member.session ? [] : [nameText(member.session, before)]),
    ...(await treeNotice(context, member.session)),
    ...(news.unseen.length === 0 ? [] : [newsText(reader, news.unseen)]),
    ...(member.isNew ? earlierText(news.earlier, reader.authorOption) : []),
    ...newPeers(context, member.session),
    ...ownQuestion(context, member.session),
  ];
  return lines.length === 0 ? undefined : { context: lines.join("\n") };
}

/** Reminds a session, once, of what it asked its human, who may have answered with the prompt. */
function ownQuestion(context: HookContext, session: Member["session"]): string[] {
  const { toolSession, state } = context;
  const needs = state.sessions.get(session)?.needs;
  const memory = toolSession.recall();
  if (needs === undefined || needs.by_tool === true || memory.remindedOf === needs.id) return [];
  toolSession.remember({ ...memory, remindedOf: needs.id });
  return [askingText(readerOf(context, session), needs)];
}

function noteBirth(context: HookContext): void {
  const { toolSession } = context;
  toolSession.remember({ ...toolSession.recall(), since: nowIn(context) });
}

function nameText(session: Member["session"], before: Member["session"] | undefined): string {
  const instead = before === undefined ? "" : ` Another session took the name ${before} first.`;
  return `git-hive: this session is ${session} in its hub.${instead}`;
}

/** Holds the session back, once, where urgent items or the answer of its human were not shown yet. */
export async function stop(context: HookContext): Promise<HookAnswer | undefined> {
  const { toolSession, event } = context;
  const session = toolSession.identity()?.session;
  if (session === undefined || event.isHeld) return undefined;
  const news = newsIn(context, session);
  const pressing = news.unseen.filter(isPressing);
  noteShown(context, news, pressing);
  return pressing.length === 0 ? undefined : { hold: holdText(readerOf(context, session), pressing) };
}
