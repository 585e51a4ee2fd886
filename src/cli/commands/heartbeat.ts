import type { Workplace } from "../../app/workplace/workplace.ts";
import { OFFLINE } from "../../domain/sessions/presence.ts";
import { HiveError, wrongCall } from "../../errors.ts";
import type { Command, CommandAnswer, Context, Options } from "../command.ts";
import { stateOf } from "../input/state.ts";
import { HEARTBEAT } from "../prints.ts";
import { plainText } from "../render/table.ts";
import { FORCE, optionText, submit } from "../submit.ts";

/** The longest timer, in milliseconds. Node fires a longer one at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export const heartbeat: Command = {
  usage: "",
  options: [
    ["--work <text>", "what the session is doing now"],
    ["--state <state>", "active, idle, completing, paused or offline"],
    ["--every <duration>", "repeat until stopped, at this interval, such as 5m"],
    FORCE,
  ],
  examples: [
    'hive heartbeat --work "Review of the API"',
    "hive heartbeat --every 5m --as session-1-dashboard",
  ],
  undo: 'hive heartbeat --state <state>, or hive status "<text>"',
  prints: HEARTBEAT,
  async run(context, _, options) {
    const workplace = await context.open();
    const every = optionText(options.every);
    if (every === undefined) return sendOnce(context, workplace, options);
    const { Duration } = await import("../../domain/values/instant.ts");
    return repeat(context, workplace, options, Math.min(Duration.parse(every) * 1000, MAX_TIMER_MS));
  },
};

function sendOnce(context: Context, workplace: Workplace, options: Options): Promise<CommandAnswer> {
  const input = { work: optionText(options.work), status: stateOf(options.state) };
  return submit(
    context,
    workplace,
    "heartbeat",
    input,
    ({ heartbeat: { session_id, last_heartbeat, status }, throttled }) => {
      const word = status === OFFLINE ? OFFLINE : "alive";
      return {
        text: throttled
          ? `${session_id} is ${word}. Its last heartbeat, ${last_heartbeat}, is recent, so nothing was written.`
          : `${session_id} is ${word}.`,
        id: last_heartbeat,
      };
    },
  );
}

/** Sends heartbeats until stopped. A failure does not stop it: the next heartbeat tries again. */
async function repeat(
  context: Context,
  workplace: Workplace,
  options: Options,
  every: number,
): Promise<CommandAnswer> {
  if (every === 0) throw wrongCall("--every needs a duration above 0.", "Example: --every 5m");
  let last = await sendOnce(context, workplace, options);
  context.io.idle();
  while ((await context.world.sleep(every)) === "slept") {
    try {
      // Only the first heartbeat carries the work. Repeating it would undo what the session reports itself meanwhile.
      last = await sendOnce(context, workplace, {});
      context.io.note(plainText(last.text));
    } catch (error) {
      if (!(error instanceof HiveError)) throw error;
      context.io.note(`${error.message} Next try in ${options.every}.`);
    }
  }
  return last;
}
