import type { WaitingSession } from "../../domain/activity/needs.ts";
import type { SessionView } from "../../domain/sessions/overview.ts";
import type { Need } from "../../domain/sessions/session.ts";
import { count } from "../../domain/values/count.ts";
import { quoteOthers } from "../../domain/values/framed.ts";
import type { SessionId } from "../../domain/values/ids.ts";
import { firstLine } from "../../domain/values/visible.ts";
import { quote, UNVERIFIED } from "./quoted.ts";
import type { Times } from "./times.ts";

/** How many sessions an overview names. The others are counted. */
const MAX_NAMED = 3;

/** How many blocked sessions are named. */
const MAX_BLOCKED = 5;

/** Renders the sessions that wait for their human: since when, whom they block, the question, and how to answer it. */
export function renderNeeds(waiting: readonly WaitingSession[], times: Times): string[] {
  if (waiting.length === 0) return ["No session waits for its human."];
  return [UNVERIFIED, ...waiting.flatMap((each) => renderOne(each, times))];
}

function renderOne(each: WaitingSession, times: Times): string[] {
  const { session, question, options, since, by_tool, blocks, next } = each;
  const named = blocks.slice(0, MAX_BLOCKED).join(", ");
  const more = blocks.length > MAX_BLOCKED ? ` and ${blocks.length - MAX_BLOCKED} more` : "";
  const blocking = blocks.length === 0 ? "" : `, blocks ${named}${more}`;
  return [
    `${session} asks, ${times.ago(since)}${blocking}:`,
    ...quote(question),
    ...options.flatMap((option, index) => quote(`${index + 1}. ${option}`)),
    by_tool ? "  Its tool asks: answer it there, because a message cannot." : `  Answer: ${next}`,
  ];
}

/** Renders, for an overview of sessions, which of them ask their human, and what the reader's own session asks. */
export function renderAsking(sessions: readonly SessionView[], own: SessionId | undefined): string[] {
  const asking = sessions.flatMap(({ id, needs }) => (needs === null ? [] : [{ id, needs }]));
  const others = asking.filter(({ id }) => id !== own);
  const more = others.length - MAX_NAMED;
  return [
    ...asking.filter(({ id }) => id === own).map(({ needs }) => describeOwnNeed(needs)),
    ...others.slice(0, MAX_NAMED).map(({ id, needs }) => {
      const how = needs.by_tool === true ? "Answer it in its tool." : `Answer: hive tell ${id} "<answer>"`;
      return `${id} asks its human: ${quoteOthers(needs.question, 80)}. ${how}`;
    }),
    ...(more > 0 ? [`${count(more, "more session")} ${more === 1 ? "asks" : "ask"}: hive needs`] : []),
  ];
}

/** What the reader's own session asks its human. */
export function describeOwnNeed({ question, by_tool }: Need): string {
  const how = by_tool === true ? "Your tool asks it." : "Answered? hive needs --done";
  return `You ask your human: ${firstLine(question, 80)} ${how}`;
}
