import { notRegistered } from "../../domain/refusal.ts";
import { describeSession } from "../../domain/sessions/describe.ts";
import { toInstant } from "../../domain/values/time.ts";
import { makeVisible } from "../../domain/values/visible.ts";
import { RefusedError } from "../../errors.ts";
import type { Command, CommandAnswer, Context } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { stateOf } from "../input/state.ts";
import { untilOf } from "../input/times.ts";
import { HEARTBEAT } from "../prints.ts";
import { type Times, timesOf } from "../render/times.ts";
import { FORCE, optionText, submit, textOf } from "../submit.ts";

export const status: Command = {
  usage: "[text]",
  options: [
    ["--state <state>", "active, idle, completing, paused or offline"],
    ["--until <time>", "when the state ends and you are active again, such as 2h, 17:00 or an instant"],
    FORCE,
  ],
  examples: [
    'hive status "Review of the API"',
    'hive status "Quota is used up" --state paused --until 17:00',
  ],
  undo: 'hive status "<text>", or hive status --state active',
  prints: `${HEARTBEAT}; or without arguments: session, status, status_until, current_work, hours`,
  async run(context, [argument], options) {
    const { state, until } = options;
    if (argument === undefined && state === undefined && until === undefined) return showOwn(context);
    return submitStatus(context, {
      work: argument === undefined ? undefined : await textOf(context, argument),
      status: stateOf(state),
      until: optionText(until),
    });
  },
};

/** Submits the author's status; `until` is a text such as `2h`. Throws HiveError and RefusedError. */
export async function submitStatus(
  context: Context,
  { until, ...fields }: { work: string | undefined; status: string | undefined; until: string | undefined },
): Promise<CommandAnswer> {
  const input = { ...fields, until: await untilOf(context.world, until) };
  return submit(context, await context.open(), "heartbeat", input, ({ heartbeat }) => ({
    text: `${heartbeat.session_id} ${describe(heartbeat, timesOf(context))}`,
    id: heartbeat.status,
  }));
}

async function showOwn(context: Context): Promise<CommandAnswer> {
  const { hive, identity } = await context.open();
  const { session } = identity();
  const read = await hive.read(["sessions", "heartbeats"]);
  noteReading(context, read);
  const profile = read.state.sessions.get(session);
  if (!profile) throw new RefusedError(notRegistered(session));
  const now = toInstant(context.world.now());
  const description = describeSession(session, profile, read.state.heartbeats.get(session), now);
  const { status: state, status_until = null, current_work } = description;
  return {
    json: { session, status: state, status_until, current_work, hours: profile.availability?.hours ?? null },
    text: `${session} ${describe(description, timesOf(context))}`,
  };
}

interface StatusFields {
  readonly status: string;
  readonly status_until?: string | undefined;
  readonly current_work: string;
}

/** `is paused until 2026-01-31T17:00:00Z: Quota is used up`. */
function describe({ status: state, status_until, current_work }: StatusFields, times: Times): string {
  const until = status_until === undefined ? "" : ` ${times.until(status_until)}`;
  return makeVisible(`is ${state}${until}${current_work === "" ? "." : `: ${current_work}`}`);
}
