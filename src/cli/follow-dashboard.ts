import { readDashboard } from "../app/dashboard.ts";
import type { FeedEvent } from "../app/hive/feed.ts";
import type { Hive } from "../app/hive/hive.ts";
import type { ReadCommit, ReadState } from "../app/hive/refresher.ts";
import { openWorkplace } from "../app/workplace/workplace.ts";
import type { Dashboard } from "../domain/dashboard/dashboard.ts";
import { asHiveError, type HiveError } from "../errors.ts";
import type { Context } from "./command.ts";
import { hubOptionsOf } from "./input/hub-options.ts";

/** Presence changes with time alone, so the state is read anew so often at least. */
const REFRESH_MS = 20_000;

/** A dashboard that follows its hub. */
export interface LiveDashboard {
  readonly first: Dashboard;
  readonly reading: ReadState<ReadCommit>;
  /** The hub as this host knows it. The feed asks the hub. */
  readonly hive: Hive;
  read(): Promise<Dashboard>;
  /** Each new state, until the user stops the program. Throws HiveError. */
  states(): AsyncGenerator<Dashboard>;
}

/** Opens the hub of a command, to be shown as it changes. Throws HiveError. */
export async function followDashboard(context: Context): Promise<LiveDashboard> {
  const { world, globals } = context;
  const { hive } = await context.open();
  // What the feed has fetched is read without asking the hub again.
  const here = context.own(await openWorkplace(world, { ...hubOptionsOf(globals), isOffline: true })).hive;
  const { reading, shown: first } = await readDashboard(world, hive, globals.offline === true);
  let away: HiveError | undefined = reading.outdated;
  let last = first;
  const read = async (): Promise<Dashboard> => {
    try {
      const { shown } = await readDashboard(world, here, false);
      const seen = away === undefined ? null : (here.lastSeen ?? null);
      last = { ...shown, outdated: away?.message ?? shown.outdated, seen_at: seen };
    } catch (error) {
      // A hub on this disk is read in its place, so it cannot be read while it is away.
      const { message } = asHiveError(error);
      last = { ...last, outdated: message, seen_at: last.seen_at ?? last.at };
    }
    return last;
  };
  async function* states(): AsyncGenerator<Dashboard> {
    const feed = await hive.follow(reading);
    for (;;) {
      const events = feed.events([], REFRESH_MS);
      try {
        let next = await events.next();
        for (; next.done !== true; next = await events.next()) {
          away = awayAfter(next.value, away);
          yield read();
        }
        if (next.value === "interrupted") return;
      } finally {
        await events.return("interrupted");
      }
      yield read();
    }
  }
  return { first, reading, hive: here, read, states };
}

function awayAfter(event: FeedEvent, before: HiveError | undefined): HiveError | undefined {
  if (event.kind === "away") return event.error;
  return event.kind === "back" ? undefined : before;
}
