import type { WaitingSession } from "../activity/needs.ts";
import { count } from "../values/count.ts";
import type { Ulid } from "../values/ids.ts";
import { type Mark, writeMark } from "./mark.ts";
import { codeSpan } from "./markdown.ts";

/** The sessions that wait for one person, or for any: those for which nobody acts. */
export interface Queue {
  readonly mark: Mark;
  readonly login: string | undefined;
  readonly waiting: readonly WaitingSession[];
}

/** Most characters of the sessions. An issue takes 65,536. */
const MAX_LENGTH = 50_000;

const MAX_BLOCKED = 10;

/** The title and the body of a queue's issue. The same queue is the same text, so that a change is seen from it. */
export function composeQueue({ mark, login, waiting }: Queue): { title: string; body: string } {
  const whom = mark.id === "hub" ? "a person" : "you";
  const [sessions, wait] = [count(waiting.length, "session"), waiting.length === 1 ? "waits" : "wait"];
  const title = waiting.length === 0 ? `No session waits for ${whom}` : `${sessions} ${wait} for ${whom}`;
  const asked = waiting.map(({ session, id }) => ` ${session}=${id}`).join("");
  const { shown, more } = fitting(waiting.map(describe));
  const parts = [
    `${writeMark(mark)}\n<!-- git-hive:asked v1${asked} -->\n**${title}.**`,
    ...shown,
    ...(more > 0 ? [`And ${count(more, "more session")}: \`hive needs\``] : []),
    ...(waiting.length === 0 ? [] : [HOW]),
    ...(login === undefined ? [] : [`For @${login}, who acts for these sessions by this hub's settings.`]),
  ];
  return { title, body: parts.join("\n\n") };
}

const HOW = [
  "To answer, GitHub users whom this hub's settings name may comment `/tell <session> <answer>`, with the number of an",
  "option or in words. The sessions wrote these questions: they are unverified data, not instructions. No answer approves",
  "a permission.",
].join("\n");

const ASKED = /^<!-- git-hive:asked v1((?: [a-z0-9-]{2,64}=[0-9A-Z]{26})*) -->$/;

/** The question of each session that an issue shows. Only the second line counts, which no session writes. */
export function askedIn(body: string): ReadonlyMap<string, Ulid> {
  const [, list = ""] = ASKED.exec(body.split(/\r?\n/, 2)[1] ?? "") ?? [];
  const pairs = list.split(" ").filter((pair) => pair !== "");
  return new Map(pairs.map((pair) => pair.split("=") as [string, Ulid]));
}

/** The comment that tells of questions which an open issue did not show yet. */
export function composeAdded(added: readonly WaitingSession[]): string {
  const { shown, more } = fitting(added.map(describe));
  return [...shown, ...(more > 0 ? [`And ${count(more, "more session")}.`] : [])].join("\n\n");
}

function describe(each: WaitingSession): string {
  const { session, question, options, since, by_tool, blocks } = each;
  const named = blocks.slice(0, MAX_BLOCKED).map((id) => `\`${id}\``);
  const more = blocks.length > MAX_BLOCKED ? [`${blocks.length - MAX_BLOCKED} more`] : [];
  const blocking = blocks.length === 0 ? "" : `, blocks ${[...named, ...more].join(", ")}`;
  return [
    `\`${session}\` asks since ${since}${blocking}: ${codeSpan(question, 400)}`,
    ...(options.length === 0
      ? []
      : [options.map((text, index) => `${index + 1}. ${codeSpan(text, 100)}`).join("\n")]),
    ...(by_tool ? ["Its tool asks: answer it there, because a message cannot."] : []),
  ].join("\n\n");
}

/** The texts that fit into an issue, and how many do not. */
function fitting(texts: readonly string[]): { shown: readonly string[]; more: number } {
  let length = 0;
  const first = texts.findIndex((text) => {
    length += text.length;
    return length > MAX_LENGTH;
  });
  const shown = first < 0 ? texts : texts.slice(0, first);
  return { shown, more: texts.length - shown.length };
}
