import { collaborationPath } from "../hub/layout.ts";
import { isAnnouncement } from "../messages/announcement.ts";
import type { Collaboration } from "../requests/collaboration.ts";
import { isOpen } from "../requests/moves.ts";
import type { Snapshot } from "../snapshot.ts";
import type { Finding } from "../values/finding.ts";
import type { RequestId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { secondsBetween } from "../values/time.ts";
import { type Issue, markOf } from "./issue.ts";
import { isSameMark, type Mark } from "./mark.ts";
import { broadcastPosting, hasNotified, type Posting, requestPosting } from "./posting.ts";

type State = Pick<Snapshot, "messages" | "collaborations" | "settings">;

export interface Published {
  readonly state: State;
  /** What could not be read: nothing is known of a request whose file is among it. */
  readonly findings: readonly Finding[];
}

export interface PublishPlan {
  /** Not on GitHub yet, oldest first. */
  readonly missing: readonly Posting[];
  /** The same thing posted more than once: each later issue, and the one that stays. */
  readonly duplicates: readonly { readonly issue: Issue; readonly original: Issue }[];
  /** Open issues of requests that have ended; the request itself where it is not archived yet. */
  readonly ended: readonly { readonly issue: Issue; readonly request: Collaboration | undefined }[];
  /** So many more urgent issues may notify somebody within this hour. */
  readonly mayNotify: number;
}

/**
 * What has to happen on GitHub so that it shows what the hub holds: every broadcast and every urgent request of late
 * as one issue, and none open for a request that has ended. A pure function of both, so it may run at any time.
 */
export function planPublish(
  { state, findings }: Published,
  issues: readonly Issue[],
  now: Instant,
): PublishPlan {
  const unread = new Set(findings.map(({ path }) => path));
  const posted = issues
    .flatMap((issue) => markedAs(issue, ["broadcast", "request"]))
    .sort((a, b) => a.issue.number - b.issue.number);
  const firstOf = (mark: Mark) => posted.find((other) => isSameMark(other.mark, mark));
  return {
    missing: postings(state, now).filter(({ mark }) => firstOf(mark) === undefined),
    duplicates: posted.flatMap(({ issue, mark }) => {
      const original = firstOf(mark)?.issue ?? issue;
      return issue.isOpen && original !== issue ? [{ issue, original }] : [];
    }),
    ended: posted
      .filter(({ issue, mark }) => issue.isOpen && mark.kind === "request" && firstOf(mark)?.issue === issue)
      .filter(({ mark }) => !unread.has(collaborationPath(mark.id as RequestId)))
      .map(({ issue, mark }) => ({ issue, request: requestOf(state, mark) }))
      .filter(({ request }) => request === undefined || !isOpen(request)),
    mayNotify: Math.max(0, state.settings.notify.urgent.per_hour - notifiedLately(posted, now)),
  };
}

function markedAs(issue: Issue, kinds: readonly Mark["kind"][]): { issue: Issue; mark: Mark }[] {
  const mark = markOf(issue);
  return mark !== undefined && kinds.includes(mark.kind) ? [{ issue, mark }] : [];
}

function requestOf({ collaborations }: State, { id }: Mark): Collaboration | undefined {
  return [...collaborations.values()].find(({ request_id }) => request_id === id);
}

/** Everything of late that shall be an issue, oldest first. */
function postings({ messages, collaborations, settings }: State, now: Instant): Posting[] {
  const isRecent = ({ at }: Posting) => secondsBetween(at, now) <= settings.notify.within;
  const urgent = [...collaborations.values()].filter((each) => each.urgency === "urgent" && isOpen(each));
  return [
    ...messages
      .filter((each) => each.to === "all" && !isAnnouncement(each))
      .map((each) => broadcastPosting(each, settings.github)),
    ...urgent.map((each) => requestPosting(each, settings.github)),
  ]
    .filter(isRecent)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.mark.id < b.mark.id ? -1 : 1));
}

function notifiedLately(posted: readonly { issue: Issue }[], now: Instant): number {
  return posted.filter(({ issue }) => secondsBetween(issue.createdAt, now) < 3600 && hasNotified(issue.body))
    .length;
}
