import { OVERVIEW_PARTS } from "../../app/workplace/join.ts";
import { countWrites } from "../../domain/activity/count-writes.ts";
import { overview } from "../../domain/activity/overview.ts";
import { type Reminder, remind } from "../../domain/requests/reminders.ts";
import { toInstant } from "../../domain/values/time.ts";
import { makeVisible } from "../../domain/values/visible.ts";
import type { Command } from "../command.ts";
import { describeElsewhere, noteReading } from "../freshness.ts";
import { OVERVIEW } from "../prints.ts";
import { renderAsking } from "../render/needs.ts";
import { renderOverview } from "../render/overview.ts";
import { UNVERIFIED } from "../render/quoted.ts";
import { nameSome } from "../render/rest.ts";
import { timesOf } from "../render/times.ts";
import { noteUnregistered } from "../unknown-session.ts";

export const sync: Command = {
  usage: "",
  examples: ["hive sync", "hive sync --json"],
  prints: `at, hub, hub_chosen, unsent, elsewhere[] {hub, operations}, ${OVERVIEW}, reminders[] {kind, request_id, session?, since, deadline?, last_alive?, seen?, text, next}`,
  async run(context) {
    const { world, open } = context;
    const { hive, knownIdentity } = await open();
    let read = await hive.read(OVERVIEW_PARTS);
    // Not where the hub did not answer the read: the command would wait for it again.
    if (!read.outdated && (await hive.outbox.send())) read = await hive.read(OVERVIEW_PARTS);
    noteReading(context, { ...read, outdated: read.outdated ?? hive.damage() });
    const at = toInstant(world.now());
    const { unsent } = await hive.outbox.count();
    const elsewhere = await hive.outbox.elsewhere();
    for (const each of elsewhere) context.io.note(describeElsewhere(each));
    const state = countWrites(read.state, hive.history.lately(read), at);
    const view = overview(state, at);
    const session = knownIdentity()?.session;
    if (session !== undefined) await noteUnregistered(context, hive, session, state.sessions);
    const reminders = session === undefined ? [] : remind(state, session, at);
    return {
      json: {
        at,
        hub: hive.name,
        hub_chosen: hive.unchosen === undefined,
        unsent,
        elsewhere,
        ...view,
        reminders,
      },
      text: [
        renderOverview(view, timesOf(context), hive.name),
        renderAsking(view.sessions, session),
        renderReminders(reminders),
      ].flat(),
    };
  },
};

/** How many reminders of each kind are shown. The others are named, and the inbox has them. */
const MAX_REMINDERS = 3;

/** Renders each reminder on one line, with the command to run next. */
export function renderReminders(reminders: readonly Reminder[]): string[] {
  // Said once for all of them.
  const isQuoting = reminders.some(({ kind }) => kind === "waiting");
  const lines = (["waiting", "held", "stranded", "unanswered"] as const).flatMap((kind) => {
    const all = reminders.filter((each) => each.kind === kind);
    const rest = all.slice(MAX_REMINDERS).map(({ request_id }) => request_id);
    const more = rest.length > 0 ? [`${rest.length} more: ${nameSome(rest)}. See: hive inbox`] : [];
    return [
      ...all.slice(0, MAX_REMINDERS).map(({ text, session, next }) => {
        const words = kind === "waiting" ? text.replace(`${session} (unverified)`, `${session}`) : text;
        return `${makeVisible(words)}. Next: ${makeVisible(next)}`;
      }),
      ...more,
    ];
  });
  return [...(isQuoting ? [UNVERIFIED] : []), ...lines];
}
