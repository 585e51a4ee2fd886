import { type Issue, markOf } from "../../domain/issues/issue.ts";
import { type Mark, writeMark } from "../../domain/issues/mark.ts";
import { closingReason, describeOutcome } from "../../domain/issues/outcome.ts";
import type { PublishPlan } from "../../domain/issues/plan.ts";
import type { World } from "../../world.ts";
import { commentOnce } from "./post-once.ts";
import type { Tracker } from "./tracker.ts";

/** Closes the issues of requests that have ended, each with its outcome. The comment comes first: an open issue is not done. */
export async function closeEnded(world: World, tracker: Tracker, ended: PublishPlan["ended"]): Promise<void> {
  for (const { issue, request } of ended) {
    const id = markOf(issue)?.id ?? "";
    const mark: Mark = { kind: "outcome", id };
    await commentOnce(world, tracker, issue.number, mark, describeOutcome(id, request));
    await tracker.close(issue.number, closingReason(request));
  }
}

/** Closes what tells the same as an earlier issue, naming that one and nobody. */
export async function closeDuplicates(
  world: World,
  tracker: Tracker,
  duplicates: readonly { readonly issue: Issue; readonly original: Issue }[],
): Promise<void> {
  for (const { issue, original } of duplicates) {
    const mark: Mark = { kind: "duplicate", id: String(original.number) };
    const text = `${writeMark(mark)}\nThe same as #${original.number}, which stays.`;
    await commentOnce(world, tracker, issue.number, mark, text);
    await tracker.close(issue.number, "duplicate");
  }
}
