import { comeBack, enrol } from "../app/coding-tools/register.ts";
import type { HookAnswer } from "../domain/coding-tools/event.ts";
import { sync } from "../domain/sessions/overview.ts";
import { newsIn, noteShown, readerOf, type Scene } from "./context.ts";
import { sayWork } from "./current-work.ts";
import { briefing, holdText, newsText } from "./texts.ts";

/** The session registers, or says that it is back, and is told who is there and what waits for it. */
export async function start(scene: Scene): Promise<HookAnswer | undefined> {
  const { attendance, hive, event, state } = scene;
  const member = await enrol(attendance, hive, state, event.reason === "clear");
  if (member && !member.isNew) await comeBack(hive, state, member);
  if (member) attendance.noteBeat();
  await attendance.exchange();
  if (member === undefined) return undefined;
  const reader = readerOf(scene, member.session);
  const others = sync(state, reader.now).sessions.filter(({ id }) => id !== member.session);
  const news = newsIn(scene, member.session);
  noteShown(scene, news, news.all);
  return { context: briefing(reader, { hub: hive.name, others, news: news.all }) };
}

/** The session is told what is new since it was last told. Its first prompt says what it works on, where nobody did. */
export async function prompt(scene: Scene): Promise<HookAnswer | undefined> {
  const { attendance, hive, state } = scene;
  const before = attendance.identity()?.session;
  const member = await enrol(attendance, hive, state, false);
  if (member === undefined) return undefined;
  const work = await sayWork(scene, member);
  if (attendance.isBeatDue && work !== "now" && !member.isNew) await comeBack(hive, state, member);
  attendance.noteBeat();
  if (work === "now" || member.isNew || attendance.isFetchDue) await attendance.exchange();
  const reader = readerOf(scene, member.session);
  const news = newsIn(scene, member.session);
  noteShown(scene, news, news.unseen, work !== "not yet");
  const lines = [
    ...(before === member.session ? [] : [`git-hive: this session is ${member.session} in its hub.`]),
    ...(news.unseen.length === 0 ? [] : [newsText(reader, news.unseen)]),
  ];
  return lines.length === 0 ? undefined : { context: lines.join("\n") };
}

/** What is urgent and was not shown yet holds the session back, once. */
export async function stop(scene: Scene): Promise<HookAnswer | undefined> {
  const { attendance, event } = scene;
  const session = attendance.identity()?.session;
  if (session === undefined || event.isHeld) return undefined;
  const news = newsIn(scene, session);
  const urgent = news.unseen.filter(({ urgency }) => urgency === "urgent");
  noteShown(scene, news, urgent);
  return urgent.length === 0 ? undefined : { hold: holdText(readerOf(scene, session), urgent) };
}
