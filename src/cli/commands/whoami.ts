import type { Hive } from "../../app/hive/hive.ts";
import { countWrites } from "../../domain/activity/count-writes.ts";
import type { SessionId } from "../../domain/values/ids.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { toInstant } from "../../domain/values/time.ts";
import { HiveError } from "../../errors.ts";
import type { Command } from "../command.ts";
import { timesOf } from "../render/times.ts";

export const whoami: Command = {
  usage: "",
  notes: ["It does not ask the hub: when the session was last alive is what this host knows of that."],
  examples: ["hive whoami", "hive whoami --as session-1-dashboard --json"],
  prints: "session, source, hub, hub_chosen, last_alive?",
  async run(context) {
    const { hive, identity } = await context.open();
    const { session, source } = identity();
    const last_alive = await lastAlive(hive, session, toInstant(context.world.now()));
    const alive = last_alive === undefined ? "" : `, last alive ${timesOf(context).ago(last_alive)}`;
    return {
      json: { session, source, hub: hive.name, hub_chosen: hive.unchosen === undefined, last_alive },
      text: `${session} (${source}) on ${hive.name}${alive}`,
      id: session,
    };
  },
};

/** When this host last knew a session alive; undefined where it does not know that, or cannot read it. */
async function lastAlive(hive: Hive, session: SessionId, now: Instant): Promise<Instant | undefined> {
  try {
    const { state } = await hive.recall(["settings", "heartbeats"]);
    return countWrites(state, hive.lately(), now).heartbeats.get(session)?.last_heartbeat;
  } catch (error) {
    if (error instanceof HiveError) return undefined;
    throw error;
  }
}
