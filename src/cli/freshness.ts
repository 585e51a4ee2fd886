import type { Finding } from "../domain/finding.ts";
import type { HiveError } from "../hive-error.ts";
import type { Io } from "./io.ts";
import { noteFindings } from "./report.ts";

/** Tells what a reader should know about what was read: that it may be old, and what could not be read. */
export function noteReading(
  io: Io,
  { outdated, findings = [] }: { outdated: HiveError | undefined; findings?: readonly Finding[] },
): void {
  if (outdated) io.note(`${outdated.message} This is what this host last saw.`);
  noteFindings(io, findings);
}
