import type { Issue } from "../../domain/issues/issue.ts";
import { isSameMark, type Mark, readMark } from "../../domain/issues/mark.ts";
import { HiveError } from "../../errors.ts";
import type { World } from "../../world.ts";
import { pause } from "./connect.ts";
import type { Tracker } from "./tracker.ts";

const MAX_ATTEMPTS = 3;

/**
 * Creates something on GitHub once, even if an answer is lost: after a lost answer it searches before it creates
 * again. Throws HiveError if it is still not found; it may exist anyway, and the next run finds it.
 */
export async function createOnce<Created>(
  world: World,
  create: () => Promise<Created>,
  find: () => Promise<Created | undefined>,
): Promise<Created> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await create();
    } catch (error) {
      if (!(error instanceof HiveError && error.code === "github_unanswered")) throw error;
      // A new issue or comment may not be listed yet.
      await pause(world, 2000 * attempt);
      const found = await find();
      if (found !== undefined) return found;
      if (attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

/** Comments on an issue unless it already has a comment with this mark. The first line of the text is its mark. */
export async function commentOnce(
  world: World,
  tracker: Tracker,
  issue: number,
  mark: Mark,
  text: string,
): Promise<void> {
  const find = async () =>
    (await tracker.comments(issue)).some(
      ({ body, isTrusted }) => isTrusted && isSameMark(readMark(body), mark),
    ) || undefined;
  if (await find()) return;
  await createOnce(
    world,
    async () => {
      await tracker.comment(issue, text);
      return true;
    },
    find,
  );
}

/** Creates an issue, without assignees where GitHub rejects them: an account may have lost access since it was checked. */
export async function createAssigned(
  tracker: Tracker,
  draft: Parameters<Tracker["create"]>[0],
): Promise<Issue> {
  try {
    return await tracker.create(draft);
  } catch (error) {
    const isRejected = error instanceof HiveError && error.code === "github_rejected";
    if (!isRejected || draft.assignees.length === 0) throw error;
    return tracker.create({ ...draft, assignees: [] });
  }
}
