import { count } from "../values/count.ts";
import type { Instant } from "../values/instant.ts";
import { formatAge, secondsBetween } from "../values/time.ts";
import { bad, type Check, note, ok } from "./check.ts";

/** The operations of this host that have not landed. */
export interface OutboxFacts {
  /** The instants of the operations that the next command sends, oldest first. */
  readonly unsent: readonly Instant[];
  /** How many operations were refused. */
  readonly refused: number;
  /** What waits under other addresses of the same hub. */
  readonly elsewhere: readonly { readonly hub: string; readonly operations: number }[];
  /** Current paths of files that could not be read as operations. */
  readonly broken: readonly string[];
}

export function judgeUnsent({ unsent, refused, broken, elsewhere }: OutboxFacts, now: Instant): Check {
  const [first] = broken;
  if (first !== undefined)
    return bad(
      "unsent",
      `${count(broken.length, "file")} of the outbox cannot be read and will not be sent: ${first}.`,
      "Read the file, repeat its operation, then remove the file",
    );
  const other = elsewhere.map(
    ({ hub, operations }) => `${count(operations, "operation")} under the address ${hub}`,
  );
  const parts = [describeUnsent(unsent, now), describeRefused(refused), ...other].filter(
    (text) => text !== "",
  );
  if (parts.length === 0) return ok("unsent", "No operation waits on this host.");
  return note("unsent", `${parts.join("; ")}.`, nextStep(unsent.length, elsewhere.length));
}

function nextStep(unsent: number, elsewhere: number): string {
  if (elsewhere > 0) return "hive outbox move";
  return unsent > 0 ? "hive sync" : "hive outbox";
}

function describeUnsent(unsent: readonly Instant[], now: Instant): string {
  const [oldest] = unsent;
  if (oldest === undefined) return "";
  return `${count(unsent.length, "operation")} not sent yet, the oldest since ${formatAge(secondsBetween(oldest, now))}`;
}

function describeRefused(refused: number): string {
  return refused === 0 ? "" : `${count(refused, "operation")} refused`;
}
