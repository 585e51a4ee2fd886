import type { Hive } from "../../app/hive/hive.ts";
import { hubUsedBefore, joinHub } from "../../app/workplace/join.ts";
import { overview } from "../../domain/activity/overview.ts";
import type { SessionId } from "../../domain/values/ids.ts";
import { toInstant } from "../../domain/values/time.ts";
import type { Command, Context } from "../command.ts";
import { isConfirmed } from "../confirm.ts";
import { describeElsewhere, noteLeftBehind, noteReading } from "../freshness.ts";
import { hubOptionsOf } from "../input/hub-options.ts";
import { OVERVIEW } from "../prints.ts";
import { renderOverview } from "../render/overview.ts";
import { SETUP_HINT } from "../render/setup-hint.ts";
import { timesOf } from "../render/times.ts";

export const join: Command = {
  usage: "<url>",
  examples: ["hive join git@github.com:team/hub.git", "hive join https://git.example.org/team/hub.git"],
  undo: "hive unjoin",
  doing: "Fetching the hub",
  prints: `at, hub, ${OVERVIEW}`,
  async run(context, [url = ""]) {
    const before = hubUsedBefore(context.world);
    const { hive, read, unsent, knownIdentity } = context.own(
      await joinHub(context.world, url, hubOptionsOf(context.globals)),
    );
    noteReading(context, read);
    noteLeftBehind(context.io, unsent);
    await offerElsewhere(context, hive);
    const at = toInstant(context.world.now());
    const view = overview(read.state, at);
    return {
      json: { at, hub: hive.name, ...view },
      text: [
        `Joined the hub ${hive.name}`,
        ...(before === undefined || before === hive.name
          ? []
          : [`This project used ${before} before. To return: hive join ${before}`]),
        ...(view.sessions.length === 0
          ? ["No session is registered there yet."]
          : [renderOverview(view, timesOf(context), hive.name)].flat()),
        ...nextSteps(knownIdentity()?.session, read.state.sessions),
      ],
      id: hive.name,
    };
  },
};

/** What to do next: a session that is registered already need not register. */
function nextSteps(session: SessionId | undefined, sessions: ReadonlyMap<SessionId, unknown>): string[] {
  if (session !== undefined && sessions.has(session)) return [`You are ${session} here. Next: hive sync`];
  return ['Next: hive register <session> --role "<what it does>" --skill <a,b>', SETUP_HINT];
}

/** Asks whether what waits for this hub under its former address is sent to this one. Without a terminal, says how. */
async function offerElsewhere({ world, io }: Context, hive: Hive): Promise<void> {
  const elsewhere = await hive.outbox.elsewhere();
  for (const each of elsewhere) io.note(describeElsewhere(each));
  if (elsewhere.length === 0 || !(await isConfirmed(world, io, "Send them to this address now? [y/N] ")))
    return;
  await hive.outbox.moveHere();
  await hive.outbox.send();
}
