import type { LogEntry } from "../log.ts";
import type { Profile } from "../sessions/session.ts";
import { firstLine } from "../values/visible.ts";
import type { Bundle } from "./bundle.ts";

/** What git tells of a checkout: where it stands, what was done there (subjects newest first), and what is not committed. */
export interface CheckoutFacts {
  readonly branch: string | undefined;
  readonly commit: string | undefined;
  readonly subjects: readonly string[];
  readonly changed: readonly string[];
  readonly dirty: readonly string[];
}

const WIDTH = 120;
const MOST_SUBJECTS = 10;
const MOST_ENTRIES = 5;
const MOST_FILES = 30;

/** What a session does all the time, and which says nothing about its work. */
const ROUTINE = new Set(["heartbeat", "register", "init", "import", "expire"]);

/** The start of a bundle, from what git and the hub know: what a session did, what it is at, and where. */
export function draftBundle(
  profile: Profile | undefined,
  entries: readonly LogEntry[],
  facts: CheckoutFacts | undefined,
): Bundle {
  const { branch, commit, subjects = [], changed = [], dirty = [] } = facts ?? {};
  const acts = entries
    .filter(({ session, kind }) => session === profile?.id && !ROUTINE.has(kind))
    .map(({ subject }) => subject);
  const work = profile?.current_work ?? "";
  const open = dirty.length > 0 ? [`not committed: ${dirty.length} of the files`] : [];
  return {
    ...list("done", [...cut(subjects, MOST_SUBJECTS), ...cut(acts, MOST_ENTRIES)]),
    ...list("in_progress", [...cut(work === "" ? [] : [work], 1), ...open]),
    ...list("files", cut([...new Set([...dirty, ...changed])], MOST_FILES)),
    ...(branch === undefined ? {} : { branch: firstLine(branch, WIDTH) }),
    ...(commit === undefined ? {} : { commit }),
  };
}

function list(key: "done" | "in_progress" | "files", items: readonly string[]): Bundle {
  return items.length === 0 ? {} : { [key]: items };
}

/** One line each, and how many are left out. */
function cut(items: readonly string[], most: number): string[] {
  const shown = items.slice(0, most).map((item) => firstLine(item, WIDTH));
  return items.length > most ? [...shown, `and ${items.length - most} more`] : shown;
}
