import type { Hive } from "../../app/hive/hive.ts";
import type { Need } from "../../domain/sessions/session.ts";
import type { SessionId } from "../../domain/values/ids.ts";
import { HiveError } from "../../errors.ts";
import type { Command } from "../command.ts";
import { NEED } from "../prints.ts";
import { describeOwnNeed } from "../render/needs.ts";

export const whoami: Command = {
  usage: "",
  examples: ["hive whoami", "hive whoami --as session-1-dashboard --json"],
  prints: `session, source, hub, hub_chosen, needs? ${NEED}`,
  async run({ open }) {
    const { hive, identity } = await open();
    const { session, source } = identity();
    const needs = await ownNeed(hive, session);
    const asking = needs === undefined ? [] : [describeOwnNeed(needs)];
    return {
      json: {
        session,
        source,
        hub: hive.name,
        hub_chosen: hive.unchosen === undefined,
        needs: needs ?? null,
      },
      text: [`${session} (${source}) on ${hive.name}`, ...asking].join("\n"),
      id: session,
    };
  },
};

/** What the session asks its human, as this host last saw it. Who acts is known also where the hub is not. */
async function ownNeed(hive: Hive, session: SessionId): Promise<Need | undefined> {
  try {
    return (await hive.recall(["sessions"])).state.sessions.get(session)?.needs;
  } catch (error) {
    if (error instanceof HiveError) return undefined;
    throw error;
  }
}
