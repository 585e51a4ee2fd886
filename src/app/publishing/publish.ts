import { NEEDS_PARTS } from "../../domain/activity/needs.ts";
import { type Issue, markOf } from "../../domain/issues/issue.ts";
import { isSameMark } from "../../domain/issues/mark.ts";
import { planQueues, type QueuesPlan } from "../../domain/issues/needs-plan.ts";
import { type Published, type PublishPlan, planPublish } from "../../domain/issues/plan.ts";
import { composeBody, type Notified, type Posting } from "../../domain/issues/posting.ts";
import { toInstant } from "../../domain/values/time.ts";
import { HiveError } from "../../errors.ts";
import { closeDuplicates, closeEnded } from "../../forges/github/close-issues.ts";
import { createAssigned, createOnce } from "../../forges/github/post-once.ts";
import { findRecipients, NO_RECIPIENTS, type Recipients } from "../../forges/github/recipients.ts";
import { Tracker } from "../../forges/github/tracker.ts";
import { checkSettings } from "../../store/landing/check-writable.ts";
import type { World } from "../../world.ts";
import type { Hive } from "../hive/hive.ts";
import type { ReadState } from "../hive/refresher.ts";
import { describeChange, type PublishedQueue, publishQueues } from "./publish-queues.ts";

/** A broadcast or an urgent request, and its issue; null in a dry run. */
interface Posted {
  readonly id: string;
  readonly title: string;
  readonly issue: number | null;
  readonly url: string | null;
  readonly notified: readonly string[];
}

export interface PublishReport {
  readonly repository: string;
  readonly posted: readonly Posted[];
  /** Issues that were closed because their request has ended. */
  readonly closed: readonly number[];
  /** Issues that were closed because another issue shows the same. */
  readonly duplicates: readonly number[];
  readonly unreachable: readonly string[];
  /** The queues of persons that changed. */
  readonly queues: readonly PublishedQueue[];
}

interface PublishContext {
  readonly world: World;
  readonly hive: Hive;
  readonly tracker: Tracker;
  readonly reading: ReadState<Published & QueuesRead>;
}

type QueuesRead = Parameters<typeof planQueues>[0];

/** The repository; undefined: the hub's own. And whether to report only what would be done. */
export interface PublishChoice {
  readonly repository: string | undefined;
  readonly isDryRun: boolean;
}

/**
 * Shows each recent broadcast and urgent request of the hub as exactly one GitHub issue, and closes it when the request
 * has ended. It reads the existing issues first, so it may run at any time and be interrupted at any step. Throws
 * HiveError.
 */
export async function publish(
  world: World,
  hive: Hive,
  { repository, isDryRun }: PublishChoice,
): Promise<ReadState<PublishReport & Pick<Published, "findings">>> {
  const reading = await hive.read(NEEDS_PARTS);
  // The settings name the accounts to notify, so nothing is posted before they can be read.
  checkSettings(reading.state.settings, reading.findings);
  await hive.refuseAhead(reading.state.settings);
  const context = { world, hive, tracker: Tracker.open(world, repository, hive.name), reading };
  if (!isDryRun) context.tracker.requireToken();
  const issues = await listIssues(context);
  const plan = makePlan(context, issues);
  const queues = makeQueuesPlan(context, issues);
  const report = isDryRun ? describePlan(plan, queues) : await carryOut(context, plan, queues);
  const { findings, outdated, seenAt } = reading;
  return { repository: context.tracker.name, unreachable: [], ...report, findings, outdated, seenAt };
}

/** The report of a dry run. It names no accounts, because GitHub is asked about them only before a real notification. */
function describePlan({ missing, ended, duplicates }: PublishPlan, queues: QueuesPlan) {
  return {
    posted: missing.map(({ mark, title }) => ({ id: mark.id, title, issue: null, url: null, notified: [] })),
    closed: ended.map(({ issue }) => issue.number),
    duplicates: [...duplicates, ...queues.duplicates].map(({ issue }) => issue.number),
    queues: queues.changes.map((change) => describeChange(change)),
  };
}

async function carryOut(context: PublishContext, plan: PublishPlan, queuesPlan: QueuesPlan) {
  const { world, tracker } = context;
  const recipients = plan.missing.some(({ urgency }) => urgency === "urgent")
    ? await findRecipients(tracker, context.reading.state.settings.notify.urgent)
    : NO_RECIPIENTS;
  const { posted, rejected } = await postAll(context, plan, recipients);
  // Another run may have posted the same issue meanwhile. The run that lists last finds both.
  const after = posted.length > 0 ? makePlan(context, await listIssues(context)) : plan;
  await closeDuplicates(world, tracker, after.duplicates);
  await closeEnded(world, tracker, after.ended);
  const queues = await publishQueues(
    {
      world,
      tracker,
      label: context.reading.state.settings.github.labels.request,
      list: () => listIssues(context),
      plan: (issues) => makeQueuesPlan(context, issues),
    },
    queuesPlan,
  );
  if (rejected) throw rejected;
  return {
    queues,
    posted,
    closed: after.ended.map(({ issue }) => issue.number),
    duplicates: after.duplicates.map(({ issue }) => issue.number),
    unreachable: recipients.unreachable,
  };
}

/** Plans from the hub as it was read and from the issues on GitHub. */
function makePlan({ world, reading }: PublishContext, issues: readonly Issue[]): PublishPlan {
  return planPublish(reading, issues, toInstant(world.now()));
}

function makeQueuesPlan({ world, reading }: PublishContext, issues: readonly Issue[]): QueuesPlan {
  return planQueues(reading, issues, toInstant(world.now()));
}

/** How much older than its message an issue may look, in seconds, because clocks differ. */
const CLOCK_MARGIN_SECONDS = 86_400;

function listIssues({ world, tracker, reading }: PublishContext): Promise<Issue[]> {
  const { notify, github } = reading.state.settings;
  return tracker.list(
    toInstant(world.now() - (notify.within + CLOCK_MARGIN_SECONDS) * 1000),
    github.labels.request,
  );
}

/** Posts the missing issues, oldest first. An issue that GitHub rejects does not stop the others. Throws HiveError. */
async function postAll(
  context: PublishContext,
  plan: PublishPlan,
  recipients: Recipients,
): Promise<{ posted: Posted[]; rejected: HiveError | undefined }> {
  const posted: Posted[] = [];
  let rejected: HiveError | undefined;
  let left = plan.mayNotify;
  for (const posting of plan.missing) {
    const isUrgent = posting.urgency === "urgent" && recipients.mentions.length > 0;
    try {
      posted.push(
        await postOne(context, posting, isUrgent ? (left-- > 0 ? recipients : "silenced") : NO_RECIPIENTS),
      );
    } catch (error) {
      if (!(error instanceof HiveError && error.code === "github_rejected")) throw error;
      rejected ??= error;
    }
  }
  return { posted, rejected };
}

async function postOne(
  context: PublishContext,
  posting: Posting,
  to: Recipients | "silenced",
): Promise<Posted> {
  const { world, tracker, hive, reading } = context;
  const { entries } = await hive.history.entries([posting.path], 1);
  const link = tracker.linkTo(posting.path, entries[0]?.commit ?? "HEAD");
  const { mentions, assignees } = to === "silenced" ? NO_RECIPIENTS : to;
  const notified: Notified =
    to === "silenced" ? { silenced: reading.state.settings.notify.urgent.per_hour } : { names: mentions };
  const draft = { title: posting.title, body: composeBody(posting, link, notified), labels: posting.labels };
  const find = async () =>
    (await listIssues(context)).find((issue) => isSameMark(markOf(issue), posting.mark));
  const make = () => createAssigned(tracker, { ...draft, assignees });
  const { number, url } = await createOnce(world, make, find);
  return { id: posting.mark.id, title: posting.title, issue: number, url, notified: mentions };
}
