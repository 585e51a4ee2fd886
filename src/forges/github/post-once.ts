import { isSameMark, type Mark, readMark } from "../../domain/issues/mark.ts";
import { HiveError } from "../../errors.ts";
import type { World } from "../../world.ts";
import { pause } from "./connect.ts";
import type { Tracker } from "./tracker.ts";

const MOST_TRIES = 3;

/**
 * Makes something on GitHub once, though an answer may be lost: after a loss it looks before it makes it again.
 * Throws HiveError when it is still not there; it may then have been made, which the next run sees.
 */
export async function makeOnce<Made>(
  world: World,
  make: () => Promise<Made>,
  find: () => Promise<Made | undefined>,
): Promise<Made> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await make();
    } catch (error) {
      if (!(error instanceof HiveError && error.code === "github_unanswered")) throw error;
      // What was made a moment ago may not be listed yet.
      await pause(world, 2000 * attempt);
      const found = await find();
      if (found !== undefined) return found;
      if (attempt === MOST_TRIES) throw error;
    }
  }
}

/** Comments on an issue unless that was said before. The text's first line is its mark. */
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
  await makeOnce(
    world,
    async () => {
      await tracker.comment(issue, text);
      return true;
    },
    find,
  );
}
