import type { Instant } from "../../domain/values/instant.ts";
import { toInstant } from "../../domain/values/time.ts";

/** The latest second that JavaScript can show with a year of four digits. */
const MAX_SECONDS = 253_402_300_799;

/** The committer's date in the bytes of a commit; undefined when git could not have written it so. */
export function commitDate(commit: Buffer): Instant | undefined {
  const end = commit.indexOf("\n\n");
  const header = commit.toString("latin1", 0, end < 0 ? commit.length : end);
  const seconds = Number(/^committer .*> (\d{1,15})(?: [+-]\d{4})?$/m.exec(header)?.[1]);
  return seconds <= MAX_SECONDS ? toInstant(seconds * 1000) : undefined;
}
