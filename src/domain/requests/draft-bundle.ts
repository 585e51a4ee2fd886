import type { LogEntry } from "../log.ts";
import type { Profile } from "../sessions/session.ts";
import type { RequestId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { firstLine } from "../values/visible.ts";
import type { Bundle } from "./bundle.ts";

/** The state of a checkout: branch, commit, commit subjects (newest first), changed files and uncommitted files. */
export interface CheckoutFacts {
  readonly branch: string | undefined;
  readonly commit: string | undefined;
  readonly subjects: readonly string[];
  readonly changed: readonly string[];
  readonly dirty: readonly string[];
}

const MAX_ITEM_WIDTH = 120;
const MAX_SUBJECTS = 10;
const MAX_ENTRIES = 5;
const MAX_FILES = 30;

/**
 * Kinds of operation that are about work. Messages may be private, and who follows or mutes whom is no work; nor is what was
 * only offered in a handover.
 */
const WORK_KINDS = new Set([
  ...["request", "accept", "start", "complete", "takeover", "reclaim"],
  ...["claim", "release"],
]);

/** What the hub knows of a session's work. */
export interface KnownWork {
  readonly profile: Profile | undefined;
  /** The newest operations of the hub. */
  readonly entries: readonly LogEntry[];
  /** The requests that ended without what they ask for: nothing about them is done. */
  readonly undone: ReadonlySet<RequestId>;
}

/** The request of which a draft is, and since when its holder has it. */
export interface DraftedRequest {
  readonly request_id: RequestId;
  readonly since: Instant;
  /** Whether it is all that its holder has accepted, so that the work that it tells is about this request. */
  readonly isOnly: boolean;
}

/**
 * A draft of a bundle, from Git and the hub: what a session has done since it registered, its current work, and its branch and files. The
 * draft for a request has only what belongs to it: what the log says of it, and what the session claimed and told since
 * it has it. `facts` are then those since that time.
 */
export function draftBundle(
  { profile, entries, undone }: KnownWork,
  facts: CheckoutFacts | undefined,
  request?: DraftedRequest,
): Bundle {
  const { branch, commit, subjects = [], changed = [], dirty = [] } = facts ?? {};
  const own = entries.filter(({ session, at }) => {
    return (
      profile !== undefined && session === profile.id && Date.parse(at) >= Date.parse(profile.registered_at)
    );
  });
  const isUndone = ({ subject }: LogEntry) => [...undone].some((id) => subject.includes(id));
  const actions = own
    .filter(
      (entry) => WORK_KINDS.has(entry.kind) && !isUndone(entry) && (!request || isAbout(entry, request)),
    )
    .map(({ subject }) => subject);
  const told = profile?.current_work ?? "";
  const isMeant = !request || (request.isOnly && own.some((each) => tells(each, told, request.since)));
  const work = isMeant ? told : "";
  const open = dirty.length > 0 ? [`not committed: ${dirty.length} of the files`] : [];
  return {
    ...list("done", [...cut(subjects, MAX_SUBJECTS), ...cut(actions, MAX_ENTRIES)]),
    ...list("in_progress", [...cut(work === "" ? [] : [work], 1), ...open]),
    ...list("files", cut([...new Set([...dirty, ...changed])], MAX_FILES)),
    ...(branch === undefined ? {} : { branch: firstLine(branch, MAX_ITEM_WIDTH) }),
    ...(commit === undefined ? {} : { commit }),
  };
}

/** Whether an entry belongs to a request: it names the request, or claims something since the session has it. */
function isAbout({ kind, subject, at }: LogEntry, { request_id, since }: DraftedRequest): boolean {
  const isClaim = kind === "claim" && Date.parse(at) >= Date.parse(since);
  return isClaim || subject.includes(request_id);
}

/** Whether an entry is the heartbeat that told a work, not before an instant. */
function tells({ kind, subject, at }: LogEntry, work: string, since: Instant): boolean {
  const isLater = Date.parse(at) >= Date.parse(since);
  return kind === "heartbeat" && isLater && subject.endsWith(`: ${firstLine(work, 60)}`);
}

function list(key: "done" | "in_progress" | "files", items: readonly string[]): Bundle {
  return items.length === 0 ? {} : { [key]: items };
}

/** At most `limit` items, each on one line, and the number of items left out. */
function cut(items: readonly string[], limit: number): string[] {
  const shown = items.slice(0, limit).map((item) => firstLine(item, MAX_ITEM_WIDTH));
  return items.length > limit ? [...shown, `and ${items.length - limit} more`] : shown;
}
