import type { FeedEnd } from "../../app/hive/feed.ts";
import type { Happening } from "../../domain/activity/await.ts";
import { toInstant } from "../../domain/values/time.ts";
import { HiveError, wrongCall } from "../../errors.ts";
import type { Command, CommandAnswer, Context } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { noteReading } from "../freshness.ts";
import { hubOptionsOf } from "../input/hub-options.ts";
import { MESSAGE, RECORD } from "../prints.ts";
import { optionText } from "../submit.ts";

const SELF = ["request", "message"];

export const wait: Command = {
  usage: "[or...]",
  options: [
    ["--for <what>", "request, message, or the id of a request, a message or a session; more may follow"],
    ["--ended", "a request counts when it has ended, not when it is first answered"],
    ["--from <session>", "only messages from this session"],
  ],
  notes: [
    "Ends with the first of: a request waits for your answer; a new message to you; this request was answered; this",
    "message has a reply; this session is alive. What is so already ends it at once. Without --timeout it takes as",
    "long as it takes; when the time is up the exit code is 2.",
  ],
  examples: [
    "hive wait --for collab-1763229251-k3f9 --timeout 10m",
    "hive wait --for request message --as session-1-dashboard --json",
  ],
  prints: `happened {kind, for, at, collaboration? ${RECORD}, message? ${MESSAGE}, session?}, waited_for[]`,
  async run(context, others, options) {
    const { awaitFirst, WORDS } = await import("../await-first.ts");
    const first = optionText(options.for);
    if (first === undefined) throw wrongCall("--for says what to wait for.", `Name ${WORDS}`);
    const words = [first, ...others];
    const { parseSession } = await import("../../app/workplace/workplace.ts");
    const from = optionText(options.from);
    const { hive, identity, knownIdentity } = await context.open();
    const self = words.some((word) => SELF.includes(word)) ? identity() : knownIdentity();
    const awaitOptions = {
      session: self?.session,
      untilEnded: options.ended === true,
      from: from === undefined ? undefined : parseSession(from),
    };
    const read = await hive.read([]);
    noteReading(context, read);
    const { seconds } = hubOptionsOf(context.globals);
    const end = await awaitFirst(context, await hive.follow(read), words, awaitOptions, seconds);
    return typeof end === "string" ? notYet(context, words, end) : tell(context, words, end);
  },
};

function notYet({ io, globals }: Context, words: readonly string[], why: FeedEnd): CommandAnswer {
  const what = words.join(", ");
  if (why === "interrupted")
    throw new HiveError("interrupted", `Stopped before it happened: ${what}.`, "Wait again when it matters.");
  io.note(`Not within ${globals.timeout?.replace(/\d$/, "$&s")}: ${what}.`);
  return { json: { happened: null, waited_for: words }, text: "", exit: EXIT.timedOut };
}

async function tell(
  { world }: Context,
  words: readonly string[],
  happened: Happening,
): Promise<CommandAnswer> {
  const { idOf, renderHappening } = await import("../render/happening.ts");
  const text = renderHappening(happened, toInstant(world.now()));
  return { json: { happened, waited_for: words }, text, id: idOf(happened) };
}
