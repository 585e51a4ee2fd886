// A file of its own, because a process runs it that no tool waits for.
import { ToolSession } from "../app/coding-tools/tool-session.ts";
import type { Hive } from "../app/hive/hive.ts";
import type { HookEvent, UserQuestion } from "../domain/coding-tools/event.ts";
import { plainQuestion } from "../domain/coding-tools/user-question.ts";
import type { Profile } from "../domain/sessions/session.ts";
import { firstLine } from "../domain/values/visible.ts";
import type { World } from "../world.ts";
import { maskedLine } from "./current-work.ts";

/** For how long a question stays on this host, in milliseconds. Most are answered by then, and the hub never sees them. */
const OPEN_MS = 20_000;

/** The longest question and option, in characters. */
const QUESTION_WIDTH = 160;
const OPTION_WIDTH = 60;
const MAX_OPTIONS = 9;

/**
 * Notes on this host that a session waits for its user, and starts a process that tells the hub if it still does after
 * `OPEN_MS`. Returns before that, because the tool waits. A session without a name at a hub is not noted.
 */
export async function noteQuestion(toolSession: ToolSession, { question }: HookEvent): Promise<void> {
  if (question === undefined || toolSession.identity() === undefined) return;
  const { questions, world } = toolSession;
  // A notification of a permission follows the question itself, which says more.
  if (question.about === "permission" && question.tool === "" && questions.find()?.about === "permission")
    return;
  questions.note({ ...(await withoutSecrets(question)), since: world.now() });
  // The next use of a tool must not end in the shell: it shows that the question was answered.
  toolSession.expectUse();
  await toolSession.startDetached("ask");
}

/** The question on one line, with its secrets masked; only what it is about where it is in doubt what of it is secret. */
async function withoutSecrets(question: UserQuestion): Promise<UserQuestion> {
  const text = (await maskedLine(question.text, QUESTION_WIDTH)) || plainQuestion(question);
  const options = await Promise.all(question.options.map((each) => maskedLine(each, OPTION_WIDTH)));
  const shown = options.flatMap((each) => (each === undefined || each === "" ? [] : [each]));
  const isWhole = shown.length === options.length && new Set(shown).size === shown.length;
  const fits = isWhole && shown.length > 1 && shown.length <= MAX_OPTIONS;
  return { ...question, text, options: fits ? shown : [], tool: firstLine(question.tool, OPTION_WIDTH) };
}

/** Takes back at the hub what the session's tool asked, after it was answered. */
export async function takeBack(
  toolSession: ToolSession,
  hive: Hive,
  profile: Profile | undefined,
): Promise<void> {
  const identity = toolSession.identity();
  if (identity === undefined || profile?.needs?.by_tool !== true || toolSession.questions.find()) return;
  const input = { done: true, by_tool: true } as const;
  await hive.submit("needs", input, identity.session, identity.registration);
  await toolSession.startSync();
}

/** Tells the hub what a session asks its user, once it has been open for a while, and takes it back if it was answered meanwhile. */
export async function askAtHub(world: World, tool = ""): Promise<void> {
  const toolSession = ToolSession.ofTool(world, tool);
  if (toolSession === undefined) return;
  const { questions } = toolSession;
  let told: number | undefined;
  const isUntold = () => {
    const open = questions.find();
    return open !== undefined && open.since !== told;
  };
  // A question that was noted while the turn ended found no process of its own.
  for (let isMine = true; isMine && isUntold(); ) {
    isMine = false;
    await questions.alone(async () => {
      isMine = true;
      while (isUntold()) {
        const { since = 0 } = questions.find() ?? {};
        const left = since + OPEN_MS - toolSession.world.now();
        if (left > 0 && (await world.sleep(Math.min(left, OPEN_MS))) === "interrupted") return;
        if (left <= 0) told = await tell(toolSession);
      }
    });
  }
}

/** Tells the question that is open now; when it was asked. Undefined where there is none any more. */
async function tell(toolSession: ToolSession): Promise<number | undefined> {
  const open = toolSession.questions.find();
  const identity = toolSession.identity();
  if (open === undefined || identity === undefined) return open?.since;
  const { session, registration } = identity;
  const hive = await toolSession.openOnline(toolSession.address);
  try {
    const options = open.options.length === 0 ? {} : { options: [...open.options] };
    await hive.submit("needs", { question: open.text, ...options, by_tool: true }, session, registration);
    if (toolSession.questions.find() === undefined)
      await hive.submit("needs", { done: true, by_tool: true }, session, registration);
  } finally {
    hive.close();
  }
  return open.since;
}
