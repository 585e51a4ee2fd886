import { count } from "../values/count.ts";
import type { Instant } from "../values/instant.ts";
import { formatAge, secondsBetween } from "../values/time.ts";
import { bad, type Check, note, ok } from "./check.ts";

/** What this host has yet to land. */
export interface OutboxFacts {
  /** When those were wished that the next command sends, oldest first. */
  readonly unsent: readonly Instant[];
  /** How many came back refused. */
  readonly refused: number;
  /** Files that could not be read as operations, where they lie now. */
  readonly broken: readonly string[];
}

export function judgeUnsent({ unsent, refused, broken }: OutboxFacts, now: Instant): Check {
  const [first] = broken;
  if (first !== undefined)
    return bad(
      "unsent",
      `${count(broken.length, "file")} of the outbox could not be read and will not be sent: ${first}.`,
      "See what it was, do that again, then remove the file",
    );
  const told = [describeUnsent(unsent, now), describeRefused(refused)].filter((text) => text !== "");
  if (told.length === 0) return ok("unsent", "Nothing waits on this host.");
  return note("unsent", `${told.join("; ")}.`, unsent.length > 0 ? "hive sync" : "hive outbox");
}

function describeUnsent(unsent: readonly Instant[], now: Instant): string {
  const [oldest] = unsent;
  if (oldest === undefined) return "";
  return `${count(unsent.length, "operation")} not sent yet, the oldest since ${formatAge(secondsBetween(oldest, now))}`;
}

function describeRefused(refused: number): string {
  return refused === 0 ? "" : `${count(refused, "operation")} came back refused`;
}
