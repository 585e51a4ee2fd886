import type { FeedEnd } from "../../app/hive/feed.ts";
import type { Happening } from "../../domain/activity/await.ts";
import { NO_MARKS } from "../../domain/inbox/read-marks.ts";
import { unknownSession } from "../../domain/sessions/refusals.ts";
import type { SessionId } from "../../domain/values/ids.ts";
import { HiveError, RefusedError, wrongCall } from "../../errors.ts";
import type { Command, CommandAnswer, Context } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { noteReading } from "../freshness.ts";
import { hubOptionsOf } from "../input/hub-options.ts";
import { MESSAGE, RECORD } from "../prints.ts";
import { optionText } from "../submit.ts";

export const wait: Command = {
  usage: "[request|message|session...]",
  options: [
    ["--for <what>", "the same as the first argument"],
    ["--ended", "wait for the end of a request, not for its first answer"],
    ["--from <session>", "only messages from this session"],
    ["--unregistered", "also wait for a session that is not registered yet"],
  ],
  notes: [
    "The arguments are the words request and message, and ids of requests, messages, questions and sessions.",
    "Waits until one of these is true: a request waits for your answer; you have an unread message; this request was",
    "answered; this message has a reply; this question to a human (hive needs) has its answer; this session is alive. Ends",
    "at once if one is already true: to wait for the next message, read yours first (hive inbox --mark-read). Without",
    "--timeout it waits without limit; after the timeout the exit code is 124.",
  ],
  examples: ["hive wait k3f9 --timeout 10m", "hive wait request message --as session-1-dashboard --json"],
  prints: `happened? {kind, for, at, collaboration? ${RECORD}, message? ${MESSAGE}, session?}, waited_for[]`,
  async run(context, others, options) {
    const { AUTHOR_WORDS, awaitFirst, WORDS } = await import("../await-first.ts");
    const first = optionText(options.for);
    const words = first === undefined ? others : [first, ...others];
    if (words.length === 0) throw wrongCall("hive wait needs to know what to wait for.", `Give ${WORDS}`);
    const { parseSession } = await import("../../app/workplace/workplace.ts");
    const from = optionText(options.from);
    const { hive, identity, knownIdentity } = await context.open();
    const self = words.some((word) => AUTHOR_WORDS.includes(word)) ? identity() : knownIdentity();
    const awaitOptions = {
      session: self?.session,
      marks: self === undefined ? NO_MARKS : hive.marks.load(self.session),
      untilEnded: options.ended === true,
      mayRegister: options.unregistered === true,
      from: from === undefined ? undefined : parseSession(from),
    };
    const read = await hive.read(["sessions"]);
    noteReading(context, read);
    if (awaitOptions.from !== undefined && !awaitOptions.mayRegister)
      refuseUnknown(awaitOptions.from, read.state.sessions);
    const { seconds } = hubOptionsOf(context.globals);
    const end = await awaitFirst(context, await hive.follow(read), words, awaitOptions, seconds);
    return typeof end === "string" ? notYet(context, words, end) : answerOf(context, words, end);
  },
};

/** Throws RefusedError for a session that is not registered: waiting for its message could last for ever. */
function refuseUnknown(session: SessionId, sessions: ReadonlyMap<SessionId, unknown>): void {
  if (!sessions.has(session)) throw new RefusedError(unknownSession(session, sessions.keys()));
}

function notYet({ io, globals }: Context, words: readonly string[], why: FeedEnd): CommandAnswer {
  const what = words.join(", ");
  if (why === "interrupted")
    throw new HiveError(
      "interrupted",
      `Stopped before it happened: ${what}.`,
      "To wait again, run the command again.",
    );
  io.note(`Timed out after ${globals.timeout?.replace(/\d$/, "$&s")}: ${what}.`);
  return { json: { waited_for: words }, text: "", exit: EXIT.timedOut };
}

async function answerOf(
  context: Context,
  words: readonly string[],
  happened: Happening,
): Promise<CommandAnswer> {
  const [{ idOf, renderHappening }, { timesOf }] = await Promise.all([
    import("../render/happening.ts"),
    import("../render/times.ts"),
  ]);
  const text = renderHappening(happened, timesOf(context));
  return { json: { happened, waited_for: words }, text, id: idOf(happened) };
}
