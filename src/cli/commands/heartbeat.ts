import type { Workplace } from "../../app/workplace/workplace.ts";
import { HiveError, wrongCall } from "../../errors.ts";
import type { Command, CommandAnswer, Context, Options } from "../command.ts";
import { BEAT } from "../prints.ts";
import { optionText, submit } from "../submit.ts";

/** Node fires a timer that is set for longer at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const heartbeat: Command = {
  usage: "",
  options: [
    ["--work <text>", "what it is doing now"],
    ["--status <status>", "active, idle, completing or paused"],
    ["--every <duration>", "keep beating until stopped, as 5m"],
  ],
  examples: [
    'hive heartbeat --work "Review of the API"',
    "hive heartbeat --every 5m --as session-1-dashboard",
  ],
  prints: BEAT,
  async run(context, _, options) {
    const workplace = await context.open();
    const every = optionText(options.every);
    if (every === undefined) return beat(context, workplace, options);
    const { Duration } = await import("../../domain/values/instant.ts");
    return keepBeating(context, workplace, options, Math.min(Duration.parse(every) * 1000, LONGEST_TIMER_MS));
  },
};

function beat(context: Context, workplace: Workplace, options: Options): Promise<CommandAnswer> {
  const input = { work: optionText(options.work), status: optionText(options.status) };
  return submit(
    context,
    workplace,
    "heartbeat",
    input,
    ({ heartbeat: { session_id, last_heartbeat }, throttled }) => ({
      text: throttled
        ? `${session_id} beat at ${last_heartbeat}; nothing new to say.`
        : `${session_id} is alive.`,
      id: last_heartbeat,
    }),
  );
}

/** A hub that is away for a while is no reason to stop: the next beat tries again. */
async function keepBeating(
  context: Context,
  workplace: Workplace,
  options: Options,
  every: number,
): Promise<CommandAnswer> {
  if (every === 0) throw wrongCall("--every needs a time.", "As in: --every 5m");
  let last = await beat(context, workplace, options);
  while ((await context.world.sleep(every)) === "slept") {
    try {
      // What it does was said by the first beat; repeating it would undo what it says itself meanwhile.
      last = await beat(context, workplace, {});
      context.io.note(last.text);
    } catch (error) {
      if (!(error instanceof HiveError)) throw error;
      context.io.note(`${error.message} Next try in ${options.every}.`);
    }
  }
  return last;
}
