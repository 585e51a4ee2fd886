import type { Hive } from "../../app/hive/hive.ts";
import { countWrites } from "../../domain/activity/count-writes.ts";
import type { Need } from "../../domain/sessions/session.ts";
import type { SessionId } from "../../domain/values/ids.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { toInstant } from "../../domain/values/time.ts";
import { HiveError } from "../../errors.ts";
import type { Command } from "../command.ts";
import { NEED } from "../prints.ts";
import { describeOwnNeed } from "../render/needs.ts";
import { timesOf } from "../render/times.ts";
import { describeUnregistered } from "../unknown-session.ts";

export const whoami: Command = {
  usage: "",
  notes: [
    "It asks the hub only for a session that this host does not know: when the session was last alive is what this host",
    "knows of that.",
  ],
  examples: ["hive whoami", "hive whoami --as session-1-dashboard --json"],
  prints: `session, source, hub, hub_chosen, registered?, last_alive?, needs? ${NEED}`,
  async run(context) {
    const { hive, identity } = await context.open();
    const { session, source } = identity();
    const { last_alive, needs } = await recall(hive, session, toInstant(context.world.now()));
    const known = await sessionsOf(hive, session);
    const next =
      known === undefined || known.has(session)
        ? []
        : [await describeUnregistered(hive, session, known.keys())];
    const alive = last_alive === undefined ? "" : `, last alive ${timesOf(context).ago(last_alive)}`;
    const asking = needs === undefined ? [] : [describeOwnNeed(needs)];
    return {
      json: {
        session,
        source,
        hub: hive.name,
        hub_chosen: hive.unchosen === undefined,
        registered: known?.has(session),
        last_alive,
        needs,
      },
      text: [`${session} (${source}) on ${hive.name}${alive}`, ...next, ...asking].join("\n"),
      id: session,
    };
  },
};

/**
 * The registered sessions as this host knows them, and as the hub does where the session is not among them; undefined where
 * the hub does not answer that.
 */
async function sessionsOf(
  hive: Hive,
  session: SessionId,
): Promise<ReadonlyMap<SessionId, unknown> | undefined> {
  try {
    const { sessions } = (await hive.recall(["sessions"])).state;
    if (sessions.has(session)) return sessions;
    const { state, outdated } = await hive.read(["sessions"]);
    return outdated === undefined ? state.sessions : undefined;
  } catch (error) {
    if (error instanceof HiveError) return undefined;
    throw error;
  }
}

interface Known {
  readonly last_alive?: Instant | undefined;
  readonly needs?: Need | undefined;
}

/**
 * When this host last knew a session alive, and what the session asks its human; nothing where this host does not know
 * that, or cannot read it. Who acts is known also where the hub is not.
 */
async function recall(hive: Hive, session: SessionId, now: Instant): Promise<Known> {
  try {
    const { state } = await hive.recall(["settings", "heartbeats", "sessions"]);
    const { heartbeats } = countWrites(state, hive.history.lately(), now);
    return {
      last_alive: heartbeats.get(session)?.last_heartbeat,
      needs: state.sessions.get(session)?.needs,
    };
  } catch (error) {
    if (error instanceof HiveError) return {};
    throw error;
  }
}
