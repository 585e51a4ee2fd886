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
  /** Files that could not be read. Nothing is concluded about a request whose file is among them. */
  readonly findings: readonly Finding[];
}

export interface PublishPlan {
  /** Issues to post, oldest first. */
  readonly missing: readonly Posting[];
  /** Later issues with the mark of an earlier one, and the earlier one, which stays. */
  readonly duplicates: readonly { readonly issue: Issue; readonly original: Issue }[];
  /** Open issues of ended requests. The request is undefined if it is archived. */
  readonly ended: readonly { readonly issue: Issue; readonly request: Collaboration | undefined }[];
  /** How many more urgent issues may notify users within this hour. */
  readonly mayNotify: number;
}

/**
 * Plans the changes on GitHub so that it shows the hub: each recent broadcast and each recent urgent request as one
 * issue, and no open issue for an ended request. A pure function of the hub and the issues, so it may run at any
 * time.
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
    mayNotify: Math.max(0, state.settings.notify.urgent.per_hour - countRecentlyNotified(posted, now)),
  };
}

function markedAs(issue: Issue, kinds: readonly Mark["kind"][]): { issue: Issue; mark: Mark }[] {
  const mark = markOf(issue);
  return mark !== undefined && kinds.includes(mark.kind) ? [{ issue, mark }] : [];
}

function requestOf({ collaborations }: State, { id }: Mark): Collaboration | undefined {
  return [...collaborations.values()].find(({ request_id }) => request_id === id);
}

/** All recent broadcasts and open urgent requests, oldest first. */
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

function countRecentlyNotified(posted: readonly { issue: Issue }[], now: Instant): number {
  return posted.filter(({ issue }) => secondsBetween(issue.createdAt, now) < 3600 && hasNotified(issue.body))
    .length;
}
