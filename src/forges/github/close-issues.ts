import { type Issue, markOf } from "../../domain/issues/issue.ts";
import { type Mark, writeMark } from "../../domain/issues/mark.ts";
import { closingReason, describeOutcome } from "../../domain/issues/outcome.ts";
import type { PublishPlan } from "../../domain/issues/plan.ts";
import type { World } from "../../world.ts";
import { commentOnce } from "./post-once.ts";
import type { Tracker } from "./tracker.ts";

/**
 * Closes the issues of ended requests, each with a comment about the outcome. The comment comes first, because a
 * later run repeats only open issues.
 */
export async function closeEnded(world: World, tracker: Tracker, ended: PublishPlan["ended"]): Promise<void> {
  for (const { issue, request } of ended) {
    const id = markOf(issue)?.id ?? "";
    const mark: Mark = { kind: "outcome", id };
    await commentOnce(world, tracker, issue.number, mark, describeOutcome(id, request));
    await tracker.close(issue.number, closingReason(request));
  }
}

/** Closes later issues with the mark of an earlier one. The comment links the earlier issue and mentions no user. */
export async function closeDuplicates(
  world: World,
  tracker: Tracker,
  duplicates: readonly { readonly issue: Issue; readonly original: Issue }[],
): Promise<void> {
  for (const { issue, original } of duplicates) {
    const mark: Mark = { kind: "duplicate", id: String(original.number) };
    const text = `${writeMark(mark)}\nDuplicate of #${original.number}, which stays open.`;
    await commentOnce(world, tracker, issue.number, mark, text);
    await tracker.close(issue.number, "duplicate");
  }
}
