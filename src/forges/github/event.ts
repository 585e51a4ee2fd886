import { readFileSync } from "node:fs";
import { CommentEvent } from "../../domain/issues/comment-event.ts";
import { HiveError, wrongCall } from "../../errors.ts";

/** No event of GitHub's comes near this. */
const MOST_BYTES = 1_048_576;

/** Reads the event a workflow was started by. Throws HiveError. */
export function readCommentEvent(path: string | undefined): CommentEvent {
  if (!path)
    throw wrongCall(
      "No event is given.",
      "This runs in a workflow on issue_comment, where GITHUB_EVENT_PATH names it.",
    );
  const read = CommentEvent.safeParse(readJson(path));
  if (read.success) return read.data;
  throw new HiveError(
    "bad_event",
    `${path} is no event of a comment on an issue.`,
    "Run it in a workflow on: issue_comment.",
  );
}

function readJson(path: string): unknown {
  try {
    const bytes = readFileSync(path);
    return bytes.length > MOST_BYTES ? undefined : JSON.parse(bytes.toString("utf8"));
  } catch (cause) {
    throw new HiveError("bad_event", `${path} cannot be read as JSON.`, "Check GITHUB_EVENT_PATH.", {
      cause,
    });
  }
}
