import { type Issue, markOf } from "../../domain/issues/issue.ts";
import { isSameMark, type Mark, writeMark } from "../../domain/issues/mark.ts";
import type { planQueues, QueueChange, QueuesPlan } from "../../domain/issues/needs-plan.ts";
import { composeAdded, composeQueue } from "../../domain/issues/queue.ts";
import { closeDuplicates } from "../../forges/github/close-issues.ts";
import { commentOnce, createAssigned, createOnce } from "../../forges/github/post-once.ts";
import type { Tracker } from "../../forges/github/tracker.ts";
import type { World } from "../../world.ts";

/** What became of one person's queue, or would in a dry run. */
export interface PublishedQueue {
  readonly login: string | null;
  readonly action: "created" | "updated" | "reopened" | "closed";
  readonly title: string;
  readonly waiting: number;
  readonly issue: number | null;
  readonly url: string | null;
}

interface QueueContext {
  readonly world: World;
  readonly tracker: Tracker;
  /** The label by which a later run finds an open issue, however old it is. */
  readonly label: string;
  /** Lists the issues on GitHub now. */
  readonly list: () => Promise<Issue[]>;
  readonly plan: (issues: readonly Issue[]) => ReturnType<typeof planQueues>;
}

const DONE = { create: "created", update: "updated", reopen: "reopened", close: "closed" } as const;

/** The report of a change that was made, or in a dry run would be. */
export function describeChange({ kind, queue, issue }: QueueChange, made?: Issue): PublishedQueue {
  const { number = null, url = null } = made ?? issue ?? {};
  const { title } = composeQueue(queue);
  return {
    login: queue.login ?? null,
    action: DONE[kind],
    title,
    waiting: queue.waiting.length,
    issue: number,
    url,
  };
}

/**
 * Shows each person's queue as one open issue. A change notifies at most once: by a new issue, by opening it again, or by
 * one comment about the questions that are new. Throws HiveError; the next run goes on from what is on GitHub.
 */
export async function publishQueues(context: QueueContext, plan: QueuesPlan): Promise<PublishedQueue[]> {
  const { world, tracker } = context;
  const done: PublishedQueue[] = [];
  for (const change of plan.changes) done.push(describeChange(change, await carryOut(context, change)));
  // Another run may have made the same issue meanwhile. The run that lists last finds both.
  const isNew = plan.changes.some(({ kind }) => kind === "create");
  const { duplicates } = isNew ? context.plan(await context.list()) : plan;
  await closeDuplicates(world, tracker, duplicates);
  return done;
}

async function carryOut(context: QueueContext, change: QueueChange): Promise<Issue> {
  const { world, tracker } = context;
  const { kind, queue, issue, added } = change;
  if (issue === undefined) return create(context, change);
  // Before the body shows them, because that is how the next run knows that they were told.
  const newest = [...added]
    .map(({ id }) => id)
    .sort()
    .at(-1);
  if (newest !== undefined) {
    const mark: Mark = { kind: "needs", id: newest };
    await commentOnce(world, tracker, issue.number, mark, `${writeMark(mark)}\n${composeAdded(added)}`);
  }
  const state = kind === "close" ? "closed" : kind === "reopen" ? "open" : undefined;
  return tracker.update(issue.number, composeQueue(queue), state);
}

async function create({ world, tracker, label, list }: QueueContext, { queue }: QueueChange): Promise<Issue> {
  const { login, mark } = queue;
  const assignees = login !== undefined && (await tracker.canAssign(login)) ? [login] : [];
  const find = async () => (await list()).find((issue) => issue.isOpen && isSameMark(markOf(issue), mark));
  const draft = { ...composeQueue(queue), labels: [label], assignees };
  return createOnce(world, () => createAssigned(tracker, draft), find);
}
