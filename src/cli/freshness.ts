import type { Hive } from "../app/hive/hive.ts";
import { count } from "../domain/values/count.ts";
import type { Finding } from "../domain/values/finding.ts";
import type { Instant } from "../domain/values/instant.ts";
import { formatAge, secondsBetween, toInstant } from "../domain/values/time.ts";
import type { HiveError } from "../errors.ts";
import type { Context } from "./command.ts";
import type { Io } from "./io.ts";
import { noteFindings } from "./report.ts";

interface Freshness {
  readonly outdated: HiveError | undefined;
  readonly seenAt: Instant | undefined;
  readonly findings?: readonly Finding[];
}

/** Tells what a reader should know about what was read: that it may be old, and what could not be read. */
export function noteReading({ io, world }: Context, { outdated, seenAt, findings = [] }: Freshness): void {
  const now = toInstant(world.now());
  const age = seenAt === undefined ? "" : `, ${formatAge(secondsBetween(seenAt, now))} ago`;
  if (outdated) io.note(`${outdated.message} This is what this host last saw${age}.`);
  noteFindings(io, findings);
}

/** Tells what waits on this host, so that nobody has to remember it. */
export async function noteUnsent(io: Io, hive: Hive): Promise<void> {
  const { unsent, refused } = await hive.outbox.count();
  if (unsent > 0)
    io.note(`${count(unsent, "operation")} not sent yet: hive sync sends them, hive outbox lists them.`);
  if (refused > 0) io.note(`${count(refused, "operation")} came back refused: hive outbox`);
}
