import { type FileChange, putRecord } from "../decision.ts";
import { profilePath } from "../hub/layout.ts";
import type { Operation } from "../operation.ts";
import { Profile } from "../sessions/session.ts";
import type { Snapshot } from "../snapshot.ts";
import { mergeCursors, NOTHING_READ } from "./read-cursor.ts";

/**
 * The files of a change, with what its session has seen meanwhile in its profile where that is news. The registry
 * says nothing of it, so it stays as it is.
 */
export function carryReceipt(
  { sessions }: Pick<Snapshot, "sessions">,
  files: readonly FileChange[],
  { session, read }: Operation,
): readonly FileChange[] {
  if (read === undefined) return files;
  const path = profilePath(session);
  const written = files.find((file) => file.path === path);
  // What a change writes to a profile's path is that profile.
  const profile = (written ? written.value : sessions.get(session)) as Profile | undefined;
  if (profile === undefined) return files;
  const merged = mergeCursors(profile.read ?? NOTHING_READ, read);
  if (JSON.stringify(merged) === JSON.stringify(profile.read)) return files;
  const put = putRecord(path, Profile, { ...profile, read: merged });
  return written ? files.map((file) => (file === written ? put : file)) : [...files, put];
}
