import { unregistered } from "../../app/unregistered.ts";
import type { Workplace } from "../../app/workplace/workplace.ts";
import { requestsNamed } from "../../domain/requests/find.ts";
import { describeSession } from "../../domain/sessions/describe.ts";
import { toInstant } from "../../domain/values/time.ts";
import { makeVisible } from "../../domain/values/visible.ts";
import { RefusedError, wrongCall } from "../../errors.ts";
import type { Command, CommandAnswer, Context, Options } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { stateOf } from "../input/state.ts";
import { endOf, endOptions } from "../input/times.ts";
import { textOrNote } from "../input/words.ts";
import { HEARTBEAT } from "../prints.ts";
import { type Times, timesOf } from "../render/times.ts";
import { FORCE, submit } from "../submit.ts";

const STATES = ["active", "idle", "completing", "paused"];

export const status: Command = {
  usage: "[text...]",
  options: [
    ["--state <state>", "active, idle, completing, paused or offline"],
    ...endOptions("the state ends and you are active again"),
    ["-m, --message <text>", "instead of the argument: what you are doing; - reads it from stdin"],
    FORCE,
  ],
  examples: [
    "hive status Review of the API",
    'hive status "Quota is used up" --state paused --until 17:00',
    "hive status --state idle --for 2h",
  ],
  undo: 'hive status "<text>", or hive status --state active',
  prints: `${HEARTBEAT}; or without arguments: session, status, status_until?, current_work, hours?`,
  async run(context, words, options) {
    const isAsked = [options.state, options.until, options.for, options.message].every(
      (each) => each === undefined,
    );
    if (words.length === 0 && isAsked) return showOwn(context);
    refuseState(words);
    const workplace = await context.open();
    await refuseRequest(workplace, words);
    return submitStatus(context, words, options, stateOf(options.state), workplace);
  },
};

/** A word that names a state would become the text, and the state would stay. Throws HiveError. */
function refuseState([word = "", ...more]: readonly string[]): void {
  if (more.length > 0 || !STATES.includes(word)) return;
  throw wrongCall(
    `${word} is a state, and this argument is the text of the status.`,
    `For the state: hive status --state ${word}. For the text: hive status -m ${word}`,
  );
}

/** A word that names a request would become the text, and its state would not be shown. Throws HiveError. */
async function refuseRequest({ hive }: Workplace, [word = "", ...more]: readonly string[]): Promise<void> {
  if (more.length > 0 || word === "-" || word === "") return;
  const { state } = await hive.recall(["collaborations"]);
  const [found] = requestsNamed(state.collaborations.values(), word);
  if (found === undefined && !/^collab-\w/i.test(word)) return;
  throw wrongCall(
    `${word} names a request, and this argument is the text of the status.`,
    `For the state of the request: hive thread ${word}. For the text: hive status -m ${word}`,
  );
}

/** Submits the author's work, state and end. Throws HiveError and RefusedError. */
export async function submitStatus(
  context: Context,
  words: readonly string[],
  options: Options,
  state: string | undefined,
  workplace?: Workplace,
): Promise<CommandAnswer> {
  const input = {
    work: await textOrNote(context, words, options),
    status: state,
    until: await endOf(context.world, options, words.join(" ").split(" ")),
  };
  return submit(context, workplace ?? (await context.open()), "heartbeat", input, ({ heartbeat }) => ({
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
  if (!profile) throw new RefusedError((await unregistered(hive, session)).refusal);
  const now = toInstant(context.world.now());
  const description = describeSession(session, profile, read.state.heartbeats.get(session), now);
  const { status: state, status_until, current_work } = description;
  return {
    json: { session, status: state, status_until, current_work, hours: profile.availability?.hours },
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
