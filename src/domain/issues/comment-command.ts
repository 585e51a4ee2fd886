import type { Settings } from "../hub/settings.ts";
import type { Collaboration, HistoryStep } from "../requests/collaboration.ts";
import { isMoveOf, MOVES } from "../requests/moves.ts";
import { Evidence } from "../values/evidence.ts";
import type { SessionId } from "../values/ids.ts";
import type { CommentEvent } from "./comment-event.ts";
import { isTrusted } from "./issue.ts";
import { readMark } from "./mark.ts";

/** What a comment wishes: to move the request of its issue along. */
export interface CommentCommand {
  readonly move: "accept" | "start" | "complete" | "decline";
  readonly request: string;
  /** A reason, or more about what was done. */
  readonly note: string | undefined;
  /** The address of what was done. */
  readonly evidence: string | undefined;
}

const COMMAND = /^\s*\/(accept|start|complete|decline)(?:[ \t]+|\r?\n|$)([\s\S]*)$/;

/** The command in a new comment on an issue that git-hive posted; undefined for all that is only talk. */
export function readCommand({ action, issue, comment }: CommentEvent): CommentCommand | undefined {
  const [, move, rest = ""] = COMMAND.exec(comment.body) ?? [];
  const author = { type: issue.user?.type, association: issue.author_association };
  const mark = isTrusted(author) ? readMark(issue.body ?? "") : undefined;
  const isNew = action === "created" && issue.pull_request === undefined && comment.user?.type === "User";
  if (!isNew || move === undefined || mark?.kind !== "request") return undefined;
  const said = rest.trim();
  const [first = ""] = said.split(/\s/, 1);
  const evidence = move === "complete" && Evidence.safeParse(first).success ? first : undefined;
  const note = said.slice(evidence?.length ?? 0).trim() || undefined;
  return { move: move as CommentCommand["move"], request: mark.id, note, evidence };
}

/** Every session whose answers a GitHub user may give; none where the settings name them not. */
export function sessionsOf(login: string, { users }: Settings["github"]): readonly SessionId[] {
  const found = Object.entries(users).find(([name]) => name.toLowerCase() === login.toLowerCase());
  return [found?.[1] ?? []].flat();
}

/**
 * As which of their sessions somebody moves a request: the one that was asked, of an open request one that did not ask
 * itself, else any, which the rules will refuse.
 */
export function actingSession(
  sessions: readonly SessionId[],
  request: Collaboration | undefined,
): SessionId | undefined {
  const mayAnswer = (session: SessionId) => request !== undefined && isMoveOf(request, "accept", session);
  return sessions.find(mayAnswer) ?? sessions[0];
}

/** Whether a request already is where a command would bring it, by the same session: a comment that is read twice. */
export function isDone(
  request: Collaboration | undefined,
  { move }: CommentCommand,
  session: SessionId,
): boolean {
  const target = MOVES[move].through.at(-1);
  const isIt = ({ status, declined }: HistoryStep) =>
    status === target || (move === "decline" && declined === true);
  return request?.history.some((step) => isIt(step) && step.session === session) === true;
}
