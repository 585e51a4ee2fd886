import { type NEEDS_PARTS, needsIn, type WaitingSession } from "../activity/needs.ts";
import { FOLDER } from "../hub/layout.ts";
import type { Settings } from "../hub/settings.ts";
import type { Snapshot } from "../snapshot.ts";
import type { Finding } from "../values/finding.ts";
import type { Instant } from "../values/instant.ts";
import { secondsBetween } from "../values/time.ts";
import { type Issue, markOf } from "./issue.ts";
import { isSameMark, type Mark } from "./mark.ts";
import { askedIn, composeQueue, type Queue } from "./queue.ts";

/** What stands on GitHub of one person's queue, and what is to become of it. */
export interface QueueChange {
  readonly kind: "create" | "update" | "reopen" | "close";
  readonly queue: Queue;
  /** Undefined for a queue without an issue. */
  readonly issue: Issue | undefined;
  /** The questions that an open issue did not show yet. Its comment about them is the only notification. */
  readonly added: readonly WaitingSession[];
}

export interface QueuesPlan {
  readonly changes: readonly QueueChange[];
  readonly duplicates: readonly { readonly issue: Issue; readonly original: Issue }[];
}

/** For how long a closed issue is opened again, in seconds. A new one has fewer comments. */
const REOPEN_SECONDS = 604_800;

type State = Pick<Snapshot, (typeof NEEDS_PARTS)[number]>;

/**
 * Plans the changes on GitHub so that it shows each person's queue as one open issue, and none where nobody waits. A pure
 * function of the hub and the issues, so it may run at any time.
 */
export function planQueues(
  { state, findings }: { readonly state: State; readonly findings: readonly Finding[] },
  issues: readonly Issue[],
  now: Instant,
): QueuesPlan {
  const posted = issues
    .filter((issue) => markOf(issue)?.kind === "needs")
    .sort((a, b) => a.number - b.number);
  const queues = queuesOf(needsIn(state, now), state.settings);
  const current = (mark: Mark) =>
    chooseIssue(
      posted.filter((issue) => isSameMark(markOf(issue), mark)),
      now,
    );
  const emptied = posted
    .filter(({ isOpen }) => isOpen)
    .flatMap((issue) => markOf(issue) ?? [])
    .filter((mark, index, all) => all.findIndex((other) => isSameMark(other, mark)) === index)
    .filter((mark) => !queues.some((queue) => isSameMark(queue.mark, mark)))
    .map((mark) => ({ mark, login: undefined, waiting: [] }));
  // What an unreadable profile asks is not known, so nothing is concluded from it.
  const isWhole = findings.every(({ path }) => !path.startsWith(`${FOLDER}/SESSIONS/`));
  return {
    changes: [...queues, ...(isWhole ? emptied : [])].flatMap((queue) =>
      changeOf(queue, current(queue.mark)),
    ),
    duplicates: posted.flatMap((issue) => {
      const original = current(markOf(issue) as Mark);
      const isDouble = issue.isOpen && original !== undefined && original !== issue;
      return isDouble ? [{ issue, original }] : [];
    }),
  };
}

/** The oldest open issue of a queue, else its newest closed one, if that is not too old. */
function chooseIssue(issues: readonly Issue[], now: Instant): Issue | undefined {
  const closed = issues.at(-1);
  const isRecent = closed !== undefined && secondsBetween(closed.createdAt, now) <= REOPEN_SECONDS;
  return issues.find(({ isOpen }) => isOpen) ?? (isRecent ? closed : undefined);
}

function changeOf(queue: Queue, issue: Issue | undefined): QueueChange[] {
  if (issue === undefined) return [{ kind: "create", queue, issue, added: [] }];
  const shown = new Set(askedIn(issue.body).values());
  const added = queue.waiting.filter(({ id }) => !shown.has(id));
  if (queue.waiting.length === 0) return [{ kind: "close", queue, issue, added: [] }];
  // A person closed it: only another question opens it again.
  if (!issue.isOpen) return added.length === 0 ? [] : [{ kind: "reopen", queue, issue, added: [] }];
  const { title, body } = composeQueue(queue);
  const isSame = issue.title === title && issue.body.replaceAll("\r\n", "\n") === body;
  return isSame ? [] : [{ kind: "update", queue, issue, added }];
}

/** The queue of each person whom the settings let act for a waiting session, and that of the sessions of nobody. */
function queuesOf(waiting: readonly WaitingSession[], { github }: Settings): Queue[] {
  const persons = Object.entries(github.users).map(([login, sessions]) => ({
    login,
    sessions: new Set<string>([sessions].flat()),
  }));
  const own = persons.map(({ login, sessions }) => ({
    mark: { kind: "needs" as const, id: `user-${login.toLowerCase()}` },
    login,
    waiting: waiting.filter(({ session }) => sessions.has(session)),
  }));
  const rest = waiting.filter(({ session }) => persons.every(({ sessions }) => !sessions.has(session)));
  const hub = { mark: { kind: "needs" as const, id: "hub" }, login: undefined, waiting: rest };
  return [...own, hub].filter((queue) => queue.waiting.length > 0);
}
