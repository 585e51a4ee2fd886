import type { Settings } from "../hub/settings.ts";
import type { Collaboration, HistoryStep } from "../requests/collaboration.ts";
import { isMoveOf, MOVES } from "../requests/moves.ts";
import { Evidence } from "../values/evidence.ts";
import type { SessionId, Ulid } from "../values/ids.ts";
import type { CommentEvent } from "./comment-event.ts";
import { isTrusted } from "./issue.ts";
import { type Mark, readMark } from "./mark.ts";
import { askedIn } from "./queue.ts";

/** A command in a comment: it moves the request of the issue to another status. */
export interface CommentCommand {
  readonly move: "accept" | "start" | "complete" | "decline";
  readonly request: string;
  /** A reason, or details of the result. */
  readonly note: string | undefined;
  /** The URL of the result. */
  readonly evidence: string | undefined;
}

/** An answer in a comment to what a session asks its human. */
export interface CommentAnswer {
  readonly to: string;
  readonly text: string;
  /** The question of the session that the issue showed; undefined where it showed none. */
  readonly need: Ulid | undefined;
}

const ANSWER = /^\s*\/tell[ \t]+`?([^\s`]+)`?(?=\s)([\s\S]*)$/;

/** Reads the answer in a new comment on the issue of a queue; undefined for any other comment. */
export function readAnswer(event: CommentEvent): CommentAnswer | undefined {
  const [, to, text = ""] = ANSWER.exec(event.comment.body) ?? [];
  if (to === undefined || text.trim() === "" || markOfEvent(event)?.kind !== "needs") return undefined;
  return { to, text: text.trim(), need: askedIn(event.issue.body ?? "").get(to) };
}

/** The mark of the issue that git-hive posted, where a person commented on it; undefined for any other event. */
function markOfEvent({ action, issue, comment }: CommentEvent): Mark | undefined {
  const author = { type: issue.user?.type, association: issue.author_association };
  const isNew = action === "created" && issue.pull_request === undefined && comment.user?.type === "User";
  return isNew && isTrusted(author) ? readMark(issue.body ?? "") : undefined;
}

const COMMAND = /^\s*\/(accept|start|complete|decline)(?:[ \t]|\r?\n|$)([\s\S]*)$/;

/** Reads the command in a new comment on an issue that git-hive posted; undefined for any other comment. */
export function readCommand(event: CommentEvent): CommentCommand | undefined {
  const [, move, rest = ""] = COMMAND.exec(event.comment.body) ?? [];
  const mark = markOfEvent(event);
  if (move === undefined || mark?.kind !== "request") return undefined;
  const text = rest.trim();
  const [first = ""] = text.split(/\s/, 1);
  const evidence = move === "complete" && Evidence.safeParse(first).success ? first : undefined;
  const note = text.slice(evidence?.length ?? 0).trim() || undefined;
  return { move: move as CommentCommand["move"], request: mark.id, note, evidence };
}

/** The sessions for which a GitHub user may answer; empty if the settings name none. */
export function sessionsOf(login: string, { users }: Settings["github"]): readonly SessionId[] {
  const found = Object.entries(users).find(([name]) => name.toLowerCase() === login.toLowerCase());
  return [found?.[1] ?? []].flat();
}

/**
 * Chooses the session in whose name a GitHub user moves a request: the addressee; for an open request, a session that
 * did not make it; else any session, which the rules then refuse.
 */
export function actingSession(
  sessions: readonly SessionId[],
  request: Collaboration | undefined,
): SessionId | undefined {
  const mayAnswer = (session: SessionId) => request !== undefined && isMoveOf(request, "accept", session);
  return sessions.find(mayAnswer) ?? sessions[0];
}

/** Whether the session has already made this move, because a comment can be read twice. */
export function isDone(
  request: Collaboration | undefined,
  { move }: CommentCommand,
  session: SessionId,
): boolean {
  const target = MOVES[move].through.at(-1);
  const isTarget = ({ status, declined }: HistoryStep) =>
    status === target || (move === "decline" && declined === true);
  return request?.history.some((step) => isTarget(step) && step.session === session) === true;
}
