import type { LogEntry } from "../log.ts";
import type { Profile } from "../sessions/session.ts";
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

/** Kinds of operation that are about work. Messages may be private, and who follows or mutes whom is no work. */
const WORK_KINDS = new Set([
  ...["request", "accept", "start", "complete", "handoff", "takeover", "reclaim"],
  ...["claim", "release"],
]);

/** A draft of a bundle, from Git and the hub: what a session has done, its current work, and its branch and files. */
export function draftBundle(
  profile: Profile | undefined,
  entries: readonly LogEntry[],
  facts: CheckoutFacts | undefined,
): Bundle {
  const { branch, commit, subjects = [], changed = [], dirty = [] } = facts ?? {};
  const actions = entries
    .filter(({ session, kind }) => session === profile?.id && WORK_KINDS.has(kind))
    .map(({ subject }) => subject);
  const work = profile?.current_work ?? "";
  const open = dirty.length > 0 ? [`not committed: ${dirty.length} of the files`] : [];
  return {
    ...list("done", [...cut(subjects, MAX_SUBJECTS), ...cut(actions, MAX_ENTRIES)]),
    ...list("in_progress", [...cut(work === "" ? [] : [work], 1), ...open]),
    ...list("files", cut([...new Set([...dirty, ...changed])], MAX_FILES)),
    ...(branch === undefined ? {} : { branch: firstLine(branch, MAX_ITEM_WIDTH) }),
    ...(commit === undefined ? {} : { commit }),
  };
}

function list(key: "done" | "in_progress" | "files", items: readonly string[]): Bundle {
  return items.length === 0 ? {} : { [key]: items };
}

/** At most `limit` items, each on one line, and the number of items left out. */
function cut(items: readonly string[], limit: number): string[] {
  const shown = items.slice(0, limit).map((item) => firstLine(item, MAX_ITEM_WIDTH));
  return items.length > limit ? [...shown, `and ${items.length - limit} more`] : shown;
}
