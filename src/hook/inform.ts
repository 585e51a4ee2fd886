import { registerToolSession, reportOnline } from "../app/coding-tools/register.ts";
import { overview } from "../domain/activity/overview.ts";
import type { HookAnswer } from "../domain/coding-tools/event.ts";
import { type HookContext, newsIn, noteShown, readerOf } from "./context.ts";
import { reportWork } from "./current-work.ts";
import { briefing, holdText, newsText } from "./texts.ts";

/** Registers the session or reports it online again. Returns a briefing: the other sessions and what waits for it. */
export async function start(context: HookContext): Promise<HookAnswer | undefined> {
  const { toolSession, hive, event, state } = context;
  const member = await registerToolSession(toolSession, hive, state, event.reason === "clear");
  if (member && !member.isNew) await reportOnline(hive, state, member);
  if (member) toolSession.noteHeartbeat();
  await toolSession.startSync();
  if (member === undefined) return undefined;
  const reader = readerOf(context, member.session);
  const others = overview(state, reader.now).sessions.filter(({ id }) => id !== member.session);
  const news = newsIn(context, member.session);
  noteShown(context, news, news.all);
  return { context: briefing(reader, { hub: hive.name, others, news: news.all }) };
}

/** Returns what is new for the session since the last time. The first prompt reports its work, unless the work is known. */
export async function prompt(context: HookContext): Promise<HookAnswer | undefined> {
  const { toolSession, hive, state } = context;
  const before = toolSession.identity()?.session;
  const member = await registerToolSession(toolSession, hive, state, false);
  if (member === undefined) return undefined;
  const work = await reportWork(context, member);
  if (toolSession.isHeartbeatDue && work !== "now" && !member.isNew) await reportOnline(hive, state, member);
  toolSession.noteHeartbeat();
  if (work === "now" || member.isNew || toolSession.isFetchDue) await toolSession.startSync();
  const reader = readerOf(context, member.session);
  const news = newsIn(context, member.session);
  noteShown(context, news, news.unseen, work !== "not yet");
  const lines = [
    ...(before === member.session ? [] : [`git-hive: this session is ${member.session} in its hub.`]),
    ...(news.unseen.length === 0 ? [] : [newsText(reader, news.unseen)]),
  ];
  return lines.length === 0 ? undefined : { context: lines.join("\n") };
}

/** Holds the session back, once, where urgent items were not shown yet. */
export async function stop(context: HookContext): Promise<HookAnswer | undefined> {
  const { toolSession, event } = context;
  const session = toolSession.identity()?.session;
  if (session === undefined || event.isHeld) return undefined;
  const news = newsIn(context, session);
  const urgent = news.unseen.filter(({ urgency }) => urgency === "urgent");
  noteShown(context, news, urgent);
  return urgent.length === 0 ? undefined : { hold: holdText(readerOf(context, session), urgent) };
}
