import { readFileSync } from "node:fs";
import { CommentEvent } from "../../domain/issues/comment-event.ts";
import { HiveError, wrongCall } from "../../errors.ts";

/** Most bytes of an event: 1 MiB. GitHub's events are much smaller. */
const MAX_EVENT_BYTES = 1_048_576;

/** Reads the event that started the workflow. Throws HiveError if it is missing or is not a comment event. */
export function readCommentEvent(path: string | undefined): CommentEvent {
  if (!path)
    throw wrongCall(
      "There is no event to read.",
      "Run this in a workflow on issue_comment, where GITHUB_EVENT_PATH names the event.",
    );
  const read = CommentEvent.safeParse(readJson(path));
  if (read.success) return read.data;
  throw new HiveError(
    "bad_event",
    `${path} is not an event of a comment on an issue.`,
    "Run this in a workflow on issue_comment.",
  );
}

function readJson(path: string): unknown {
  try {
    const bytes = readFileSync(path);
    return bytes.length > MAX_EVENT_BYTES ? undefined : JSON.parse(bytes.toString("utf8"));
  } catch (cause) {
    throw new HiveError("bad_event", `${path} cannot be read as JSON.`, "Check GITHUB_EVENT_PATH.", {
      cause,
    });
  }
}
