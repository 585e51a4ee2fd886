import type { Elsewhere } from "../app/hive/elsewhere.ts";
import type { Hive } from "../app/hive/hive.ts";
import { count } from "../domain/values/count.ts";
import type { Finding } from "../domain/values/finding.ts";
import type { Instant } from "../domain/values/instant.ts";
import { formatAge, secondsBetween, toInstant } from "../domain/values/time.ts";
import type { Waiting } from "../domain/waiting.ts";
import type { HiveError } from "../errors.ts";
import type { Context } from "./command.ts";
import type { Io } from "./io.ts";
import { noteFindings } from "./report.ts";

interface Freshness {
  readonly outdated: HiveError | undefined;
  readonly seenAt: Instant | undefined;
  readonly findings?: readonly Finding[];
}

/** Prints notes about a read: that the state may be old, and the files that could not be read. */
export function noteReading({ io, world }: Context, { outdated, seenAt, findings = [] }: Freshness): void {
  const now = toInstant(world.now());
  const age = seenAt === undefined ? "" : `, ${formatAge(secondsBetween(seenAt, now))} ago`;
  if (outdated?.code === "hub_damaged")
    io.note(`${outdated.message} ${outdated.hint} This is what this host can still read.`);
  else if (outdated) io.note(`${outdated.message} This is the state that this host last fetched${age}.`);
  noteFindings(io, findings);
}

/** Says what waits for the hub under another of its addresses, and how it is sent. */
export function describeElsewhere({ hub, operations }: Elsewhere): string {
  return `${count(operations, "operation")} for this hub ${operations === 1 ? "waits" : "wait"} under its other address ${hub}. To send to this one: hive outbox move`;
}

/** Says what was written for the hub that was at an address before, and is not sent to the new one. */
export function noteLeftBehind(io: Io, unsent: readonly Waiting[]): void {
  for (const { op, kind, session } of unsent)
    io.note(`Not sent, because it was written for the former hub: ${kind} by ${session} (${op}).`);
}

/** Prints a note that the hub was read without being chosen for this project. */
export function noteUnchosen(io: Io, { unchosen }: Hive): void {
  if (unchosen) io.note(`${unchosen.message} ${unchosen.hint}`);
}

/** Prints a note about what a read could not keep on this host. */
export function noteUnkept(io: Io, { unkept }: Hive): void {
  if (unkept) io.note(`${unkept.message} ${unkept.hint}`);
}

/** Prints a note about operations that wait on this host, so that the user need not remember them. */
export async function noteUnsent(io: Io, hive: Hive): Promise<void> {
  const { unsent, refused } = await hive.outbox.count();
  if (unsent > 0)
    io.note(`${count(unsent, "operation")} not sent yet: hive sync sends them, hive outbox lists them.`);
  if (refused > 0) io.note(`The rules refused ${count(refused, "operation")}. See: hive outbox`);
}
