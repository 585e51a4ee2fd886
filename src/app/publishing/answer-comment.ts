import {
  actingSession,
  type CommentAnswer,
  type CommentCommand,
  isDone,
  readAnswer,
  readCommand,
  sessionsOf,
} from "../../domain/issues/comment-command.ts";
import type { CommentEvent } from "../../domain/issues/comment-event.ts";
import { type Mark, writeMark } from "../../domain/issues/mark.ts";
import { codeSpan } from "../../domain/issues/markdown.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { personName, slugOf } from "../../domain/sessions/person-name.ts";
import { unknownSession } from "../../domain/sessions/refusals.ts";
import type { Snapshot } from "../../domain/snapshot.ts";
import type { SessionId } from "../../domain/values/ids.ts";
import { isSessionId } from "../../domain/values/session-id.ts";
import { Note, Text } from "../../domain/values/text.ts";
import { firstLine } from "../../domain/values/visible.ts";
import { readCommentEvent } from "../../forges/github/event.ts";
import { commentOnce } from "../../forges/github/post-once.ts";
import { Tracker } from "../../forges/github/tracker.ts";
import { checkSettings } from "../../store/landing/check-writable.ts";
import type { World } from "../../world.ts";
import type { Hive } from "../hive/hive.ts";
import { submitNow } from "../hive/submit-now.ts";
import { refusalOfSecret } from "../secrets.ts";

/** The outcome of a comment. */
export type CommentReport =
  | { readonly outcome: "talk" }
  | { readonly outcome: "stranger" }
  | { readonly outcome: "refused"; readonly code: string; readonly message: string }
  | {
      readonly outcome: "done";
      readonly request: string;
      readonly move: string;
      readonly session: SessionId;
    }
  | { readonly outcome: "told"; readonly session: SessionId; readonly to: SessionId };

interface CommentContext {
  readonly world: World;
  readonly hive: Hive;
  readonly tracker: Tracker;
  readonly event: CommentEvent;
}

/**
 * Turns a comment on a request's issue into an operation, in the name of the session that the hub's settings give to
 * the commenter. Replies once to a commenter without a session. Throws HiveError.
 */
export async function answerComment(world: World, hive: Hive): Promise<CommentReport> {
  const event = readCommentEvent(world.env.GITHUB_EVENT_PATH);
  const [command, said] = [readCommand(event), readAnswer(event)];
  if (command === undefined && said === undefined) return { outcome: "talk" };
  const tracker = Tracker.open(world, event.repository.full_name, hive.name);
  tracker.requireToken();
  const context = { world, hive, tracker, event };
  const { state, findings } = await hive.read(["settings", "collaborations", "sessions", "retired"]);
  // Unreadable settings must not make a known commenter a stranger.
  checkSettings(state.settings, findings);
  if (command === undefined) return answerQuestion(context, state, said as CommentAnswer);
  const request = [...state.collaborations.values()].find(({ request_id }) => request_id === command.request);
  const sessions = sessionsOf(event.comment.user?.login ?? "", state.settings.github);
  const session = actingSession(sessions, request);
  if (session === undefined) return replyToStranger(context);
  const refusal = isDone(request, command, session) ? undefined : await move(hive, command, session);
  if (refusal) return replyRefused(context, refusal);
  await tracker.approve(event.comment.id);
  return { outcome: "done", request: command.request, move: command.move, session };
}

/** Tells a session what a comment says, in the name of the commenter, whom the settings have to name. */
async function answerQuestion(
  context: CommentContext,
  state: Pick<Snapshot, "settings" | "sessions" | "retired">,
  { to, text, need }: CommentAnswer,
): Promise<CommentReport> {
  const { hive, tracker, event } = context;
  const login = event.comment.user?.login ?? "";
  if (sessionsOf(login, state.settings.github).length === 0) return replyToStranger(context);
  const slug = slugOf(login);
  if (slug === undefined) return replyToStranger(context);
  const session = personName(slug, state);
  if (!isSessionId(to)) return replyRefused(context, notASession(to, state.sessions.keys()));
  const checked = Text.safeParse(text);
  if (!checked.success)
    return replyRefused(context, {
      code: "bad_text",
      message: checked.error.issues[0]?.message ?? "bad text",
    });
  const input = { to, text, need, person: true as const, comment: event.comment.id };
  const secret = await refusalOfSecret("tell", input);
  const submitted = secret ?? (await submitNow(hive, "tell", input, session));
  if (submitted.kind === "refusal") return replyRefused(context, submitted);
  await tracker.approve(event.comment.id);
  return { outcome: "told", session, to };
}

function notASession(name: string, known: Iterable<string>): Refusal {
  return unknownSession(firstLine(name, 80), known);
}

/** Submits the move, unless its note looks like it has a secret. Returns the refusal, if any. Throws where it cannot land now, so that the workflow runs again. */
async function move(
  hive: Hive,
  { move: kind, request, note, evidence }: CommentCommand,
  session: SessionId,
): Promise<{ code: string; message: string } | undefined> {
  const checked = Note.safeParse(note ?? "-");
  if (!checked.success) return { code: "bad_note", message: checked.error.issues[0]?.message ?? "bad note" };
  const input = { request, note, ...(evidence ? { evidence } : {}) };
  const secret = await refusalOfSecret(kind, input);
  if (secret !== undefined) return secret;
  const submitted = await submitNow(hive, kind, input, session);
  return submitted.kind === "refusal" ? submitted : undefined;
}

async function replyToStranger(context: CommentContext): Promise<CommentReport> {
  // Once for each account and issue, so that more comments do not cause more replies.
  const mark: Mark = { kind: "stranger", id: String(context.event.comment.user?.id) };
  await reply(
    context,
    mark,
    "Thank you. This hub's settings name no session for your account, so nothing was changed.",
  );
  return { outcome: "stranger" };
}

async function replyRefused(
  context: CommentContext,
  { code, message }: { code: string; message: string },
): Promise<CommentReport> {
  const mark: Mark = { kind: "reply", id: String(context.event.comment.id) };
  await reply(context, mark, `Nothing was changed: ${codeSpan(message, 300)}`);
  return { outcome: "refused", code, message };
}

function reply({ world, tracker, event }: CommentContext, mark: Mark, text: string): Promise<void> {
  return commentOnce(world, tracker, event.issue.number, mark, `${writeMark(mark)}\n${text}`);
}
