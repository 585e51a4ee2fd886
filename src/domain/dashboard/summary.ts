import { codeSpan } from "../issues/markdown.ts";
import { isOpen } from "../requests/moves.ts";
import { count } from "../values/count.ts";
import type { Instant } from "../values/instant.ts";
import { formatAge, secondsBetween } from "../values/time.ts";
import type { Dashboard } from "./dashboard.ts";
import { headline, waitingForPerson } from "./headline.ts";

/** By its first line, a file is known as a summary of ours. */
export const SUMMARY_MARK = "<!-- git-hive dashboard -->";

/** A table has at most so many rows, so that the summary fits into an issue (65,536 characters). */
const MAX_ROWS = 25;

interface Part {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What is said where there are no rows. */
  readonly none: string;
  /** What is said below the table. */
  readonly note?: string;
}

/** The dashboard in Markdown, for the summary of a workflow's job or for an issue. Nothing in it links or mentions. */
export function summaryOf(state: Dashboard): string {
  const { at, hub, commit, redacted, outdated } = state;
  const lines = [
    `State of ${at.slice(0, 10)} ${at.slice(11, 19)} UTC at commit ${codeSpan(commit.slice(0, 7), 7)} of ${codeSpan(hub, 200)}.`,
    ...(redacted ? ["The words of sessions and people are not published here."] : []),
    ...(outdated === null ? [] : [`The hub could not be read, so this is older: ${codeSpan(outdated, 200)}`]),
  ];
  const parts = [waiting(state), silent(state), overlaps(state), sessions(state), requests(state)];
  return [SUMMARY_MARK, `## ${headline(state)}`, lines.join(" "), ...parts.map(render), ""].join("\n\n");
}

function waiting(state: Dashboard): Part {
  return {
    title: `Waits for a person: ${waitingForPerson(state)}`,
    columns: ["asked", "waits", "for", "since", "why"],
    rows: state.unanswered.flatMap(({ stuck, text, id, from, to, since, urgency }) =>
      stuck === null
        ? []
        : [[urgent(urgency, text || id), word(from), word(to), ago(since, state.at), cell(stuck, 200)]],
    ),
    none: "Nothing: a session is there for every open question and request.",
  };
}

function silent(state: Dashboard): Part {
  return {
    title: `Silent, and holds something: ${state.silent.length}`,
    columns: ["session", "last alive", "holds"],
    rows: state.silent.map(({ id, last_heartbeat, claims, requests }) => [
      word(id),
      ago(last_heartbeat, state.at),
      several([...requests.map((request) => request.id), ...claims.map(({ key }) => key)]),
    ]),
    none: "Nobody: every session that holds something is alive.",
  };
}

function overlaps(state: Dashboard): Part {
  return {
    title: `Overlapping claims: ${state.overlaps.length}`,
    columns: ["one", "holds", "the other", "holds"],
    rows: state.overlaps.map(({ claims }) =>
      claims.flatMap(({ session, target }) => [word(session), cell(target, 80)]),
    ),
    none: "None: no two sessions hold the same file or key.",
  };
}

function sessions(state: Dashboard): Part {
  const { sessions: all, summary, at } = state;
  const listed = all.filter(
    ({ presence, holds }) => presence !== "offline" || holds.claims + holds.requests > 0,
  );
  const hidden = all.length - listed.length;
  return {
    title: `Sessions: ${summary.total - summary.offline} of ${summary.total} there, ${summary.working} working`,
    columns: ["session", "presence", "last alive", "work", "state", "holds"],
    rows: listed.map(({ id, presence, working, last_heartbeat, work, away, status, holds }) => [
      word(id),
      presence === "stale" ? "silent" : working ? "working" : presence,
      ago(last_heartbeat, at),
      cell(work, 120),
      cell(away ?? status, 60),
      `${count(holds.claims, "claim")}, ${count(holds.requests, "request")}`,
    ]),
    none: all.length === 0 ? "No session is registered yet." : "All are offline.",
    ...(listed.length > 0 && hidden > 0 ? { note: `Not listed: ${hidden} offline.` } : {}),
  };
}

function requests(state: Dashboard): Part {
  const open = state.requests.filter(isOpen);
  return {
    title: `Open requests: ${open.length}`,
    columns: ["request", "asked", "state", "since", "from", "to"],
    rows: open.map(({ id, text, urgency, status, since, from, to }) => [
      word(id),
      urgent(urgency, text),
      status.replaceAll("_", " "),
      ago(since, state.at),
      word(from),
      word(to),
    ]),
    none: "No request is open.",
  };
}

function render({ title, columns, rows, none, note }: Part): string {
  if (rows.length === 0) return `### ${title}\n\n${none}`;
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const more = rows.length - MAX_ROWS;
  const notes = [...(more > 0 ? [`And ${more} more.`] : []), ...(note === undefined ? [] : [note])];
  const table = [line(columns), line(columns.map(() => "---")), ...rows.slice(0, MAX_ROWS).map(line)];
  return [`### ${title}`, table.join("\n"), ...notes].join("\n\n");
}

/** Foreign text in a table. A bar would end the cell, even in a code span and whatever stands before it. */
function cell(text: string, width: number): string {
  return text === "" ? "–" : codeSpan(text, width).replaceAll("|", "¦");
}

/** An id: GitHub would take one of 40 hexadecimal digits for a commit. */
function word(id: string): string {
  return cell(id, 80);
}

function urgent(urgency: string, text: string): string {
  return `${urgency === "normal" ? "" : `**${urgency}** `}${cell(text, 160)}`;
}

/** How many of the things that a session holds are named. */
const MAX_NAMED = 5;

function several(names: readonly string[]): string {
  const more = names.length - MAX_NAMED;
  return [...names.slice(0, MAX_NAMED).map(word), ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

function ago(instant: Instant | null, now: Instant): string {
  return instant === null ? "never" : `${formatAge(secondsBetween(instant, now))} ago`;
}
