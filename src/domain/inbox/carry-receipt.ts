import { type FileChange, putRecord } from "../decision.ts";
import { profilePath } from "../hub/layout.ts";
import type { Operation } from "../operation.ts";
import { Profile } from "../sessions/session.ts";
import type { Snapshot } from "../snapshot.ts";
import { mergeCursors, NOTHING_READ } from "./read-cursor.ts";

/**
 * Adds to a change's files what its session has seen, in the session's profile, if that is new. The registry holds no
 * receipts, so it does not change.
 */
export function carryReceipt(
  { sessions }: Pick<Snapshot, "sessions">,
  files: readonly FileChange[],
  { session, read }: Operation,
): readonly FileChange[] {
  if (read === undefined) return files;
  const path = profilePath(session);
  const written = files.find((file) => file.path === path);
  // The value of a file at a profile's path is always a profile.
  const profile = (written ? written.value : sessions.get(session)) as Profile | undefined;
  if (profile === undefined) return files;
  const merged = mergeCursors(profile.read ?? NOTHING_READ, read);
  if (JSON.stringify(merged) === JSON.stringify(profile.read)) return files;
  const put = putRecord(path, Profile, { ...profile, read: merged });
  return written ? files.map((file) => (file === written ? put : file)) : [...files, put];
}
